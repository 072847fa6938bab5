using System.Security.Cryptography;
using System.Text;

namespace WasmWizard.Service.Modules;

/// <summary>Why a file is not the machine code that it should be.</summary>
internal enum ArtifactFault
{
    /// <summary>Cut off, altered, of another module under this name, or sealed with another key.</summary>
    Corrupt,

    /// <summary>Made by another build of the service, with another engine or other settings of it.</summary>
    Foreign,

    /// <summary>The disk did not take it or give it.</summary>
    Failed,
}

/// <summary>
/// What stands before the machine code in a file: the maker, and an HMAC-SHA256 over maker, module and code. Machine code is run as
/// it is, so nothing reaches the engine whose seal does not hold.
/// </summary>
/// <param name="key">Secret of this data path: who can write a file there but not read the key cannot make one that is run.</param>
/// <param name="maker">Everything that the meaning of the code depends on: engine, its settings, and the imports it was checked against.</param>
internal sealed class ArtifactSeal(byte[] key, string maker)
{
    public const int KeyBytes = 32;

    private const int HeaderBytes = 2 * HMACSHA256.HashSizeInBytes;

    private readonly byte[] _maker = SHA256.HashData(Encoding.UTF8.GetBytes(maker));

    public byte[] Close(ModuleHash hash, ReadOnlySpan<byte> code)
    {
        var sealedBytes = new byte[HeaderBytes + code.Length];
        _maker.CopyTo(sealedBytes, 0);
        code.CopyTo(sealedBytes.AsSpan(HeaderBytes));
        Sign(hash, code, sealedBytes.AsSpan(_maker.Length, HMACSHA256.HashSizeInBytes));
        return sealedBytes;
    }

    /// <summary>The code within, or why it may not be run.</summary>
    public ArtifactFault? TryOpen(ModuleHash hash, ReadOnlyMemory<byte> sealedBytes, out ReadOnlyMemory<byte> code)
    {
        code = default;
        if (sealedBytes.Length <= HeaderBytes)
            return ArtifactFault.Corrupt;
        if (!sealedBytes.Span[.._maker.Length].SequenceEqual(_maker))
            return ArtifactFault.Foreign;
        var found = sealedBytes[HeaderBytes..];
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(hash, found.Span, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, sealedBytes.Span[_maker.Length..HeaderBytes]))
            return ArtifactFault.Corrupt;
        code = found;
        return null;
    }

    private void Sign(ModuleHash hash, ReadOnlySpan<byte> code, Span<byte> signature)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(_maker);
        hmac.AppendData(Encoding.ASCII.GetBytes(hash.ToString()));
        hmac.AppendData(code);
        hmac.GetHashAndReset(signature);
    }
}
