using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace WasmWizard.Benchmarks;

/// <summary>What benchmarks are called by who compares them: type and method.</summary>
internal static class BenchmarkNames
{
    public static IEnumerable<string> All =>
        from type in typeof(Work).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetCustomAttribute<BenchmarkAttribute>() is not null
        select Of(method);

    public static string Of(MethodInfo benchmark) => $"{benchmark.DeclaringType!.Name}.{benchmark.Name}";
}
