using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace WasmWizard.BuildEngine;

/// <summary>What an assertion throws: its message is for people, its trace is not.</summary>
public sealed class AssertionFailedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Ends a target when something is not as it has to be.</summary>
public static class Assert
{
    /// <summary>Always fails.</summary>
    [DoesNotReturn]
    public static void Fail(string message, Exception? exception = null) => throw new AssertionFailedException(message, exception);

    /// <summary>The condition holds.</summary>
    public static void True([DoesNotReturnIf(false)] bool condition, string? message = null, [CallerArgumentExpression(nameof(condition))] string? argumentExpression = null)
    {
        if (!condition)
            Fail(message ?? $"Expected that {argumentExpression} is true.");
    }

    /// <summary>The condition does not hold.</summary>
    public static void False([DoesNotReturnIf(true)] bool condition, string? message = null, [CallerArgumentExpression(nameof(condition))] string? argumentExpression = null)
    {
        if (condition)
            Fail(message ?? $"Expected that {argumentExpression} is false.");
    }

    /// <summary>There is a member.</summary>
    public static void NotEmpty<T>([NotNull] IReadOnlyCollection<T>? collection, string? message = null, [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null)
    {
        if (collection is null or { Count: 0 })
            Fail(message ?? $"Expected that {argumentExpression} has members.");
    }

    /// <summary>There is no member.</summary>
    public static void Empty<T>([NotNull] IReadOnlyCollection<T>? collection, string? message = null, [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null) =>
        Count(collection, 0, message, argumentExpression);

    /// <summary>There are so many members.</summary>
    public static void Count<T>([NotNull] IReadOnlyCollection<T>? collection, int length, string? message = null, [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null)
    {
        if (collection is null || collection.Count != length)
            Fail(message ?? $"Expected that {argumentExpression} has {length} members, but it has {collection?.Count ?? 0}.");
    }

    /// <summary>There is one member.</summary>
    public static void HasSingleItem<T>([NotNull] IReadOnlyCollection<T>? collection, string? message = null, [CallerArgumentExpression(nameof(collection))] string? argumentExpression = null) =>
        Count(collection, 1, message, argumentExpression);

    /// <summary>A file is there.</summary>
    public static void FileExists(string path, string? message = null) => True(File.Exists(path), message ?? $"There is no file {path}.");

    /// <summary>A folder is there.</summary>
    public static void DirectoryExists(string path, string? message = null) => True(Directory.Exists(path), message ?? $"There is no folder {path}.");
}

/// <summary>Ends a target when a value is missing, and returns the value otherwise.</summary>
public static class AssertionExtensions
{
    /// <summary>The value is not null.</summary>
    [return: NotNull]
    public static T NotNull<T>([NotNull] this T? value, string? message = null, [CallerArgumentExpression(nameof(value))] string? argumentExpression = null)
    {
        if (value is null)
            Assert.Fail(message ?? $"Expected that {argumentExpression} has a value.");
        return value;
    }

    /// <summary>The text is neither null nor empty.</summary>
    public static string NotNullOrEmpty([NotNull] this string? value, string? message = null, [CallerArgumentExpression(nameof(value))] string? argumentExpression = null)
    {
        if (string.IsNullOrEmpty(value))
            Assert.Fail(message ?? $"Expected that {argumentExpression} is not empty.");
        return value;
    }

    /// <summary>The text has a letter that is not a blank.</summary>
    public static string NotNullOrWhiteSpace([NotNull] this string? value, string? message = null, [CallerArgumentExpression(nameof(value))] string? argumentExpression = null)
    {
        if (string.IsNullOrWhiteSpace(value))
            Assert.Fail(message ?? $"Expected that {argumentExpression} is not blank.");
        return value;
    }
}
