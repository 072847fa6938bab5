using System.Buffers;
using System.Buffers.Binary;

namespace WasmWizard.Service.Modules;

/// <summary>
/// The hashes of modules that callers upload again and again, found by comparing bytes, which takes a tenth of hashing them. Exact:
/// what is not equal in every byte is hashed. Bounded by bytes, least recently used out first. A module's bytes are kept from its
/// second upload on, so that uploads of many different ones leave nothing large behind.
/// </summary>
internal sealed class KnownModules(int maxBytes = KnownModules.DefaultBytes)
{
    /// <summary>32 MiB: some hundred modules of 100 KB.</summary>
    public const int DefaultBytes = 32 * 1024 * 1024;

    /// <summary>No module may push out more than this share of the others.</summary>
    private const int LargestShare = 8;

    /// <summary>Hashing less takes about as long as finding it here.</summary>
    private const int SmallestBytes = 4 * 1024;

    /// <summary>Looks of modules of which the hash is known, with and without bytes.</summary>
    private const int MaxModules = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<Look, LinkedListNode<Known>> _byLook = [];
    private readonly LinkedList<Known> _byUse = [];

    /// <summary>Of the modules that are kept.</summary>
    public int Bytes { get; private set; }

    /// <summary>The same as <see cref="ModuleHash.Of(ReadOnlySequence{byte})"/>.</summary>
    public ModuleHash HashOf(ReadOnlySequence<byte> module)
    {
        if (module.Length < SmallestBytes || module.Length > maxBytes / LargestShare)
            return ModuleHash.Of(module);
        var look = Look.Of(module);
        if (Find(look) is { Content: { } content } known && AreEqual(content, module))
            return known.Hash;
        var hash = ModuleHash.Of(module);
        Remember(look, hash, module);
        return hash;
    }

    private Known? Find(Look look)
    {
        lock (_gate)
        {
            if (!_byLook.TryGetValue(look, out var node))
                return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    private void Remember(Look look, ModuleHash hash, ReadOnlySequence<byte> module)
    {
        lock (_gate)
        {
            var again = false;
            if (_byLook.TryGetValue(look, out var before))
            {
                again = before.Value.Hash == hash;
                Forget(before);
            }

            _byLook.Add(look, _byUse.AddFirst(new Known(look, hash, again ? module.ToArray() : null)));
            Bytes += again ? look.Length : 0;
            while (Bytes > maxBytes || _byUse.Count > MaxModules)
                Forget(_byUse.Last!);
        }
    }

    private static bool AreEqual(ReadOnlySpan<byte> content, ReadOnlySequence<byte> module)
    {
        foreach (var piece in module)
        {
            if (!content[..piece.Length].SequenceEqual(piece.Span))
                return false;
            content = content[piece.Length..];
        }

        return true;
    }

    private void Forget(LinkedListNode<Known> node)
    {
        _byUse.Remove(node);
        _byLook.Remove(node.Value.Look);
        Bytes -= node.Value.Content?.Length ?? 0;
    }

    /// <param name="Content">Null after the first upload.</param>
    private sealed record Known(Look Look, ModuleHash Hash, byte[]? Content);

    /// <summary>By what a module is looked for: its length and a few of its bytes. Modules that look the same take each other's place.</summary>
    private readonly record struct Look(int Length, ulong Early, ulong Middle, ulong Late)
    {
        public static Look Of(ReadOnlySequence<byte> module) => new(
            (int)module.Length, At(module, module.Length / 4), At(module, module.Length / 2), At(module, module.Length - sizeof(ulong)));

        private static ulong At(ReadOnlySequence<byte> module, long place)
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            module.Slice(place, bytes.Length).CopyTo(bytes);
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        }
    }
}
