using WasmWizard.Service.Modules;

namespace WasmWizard.Service.Tests;

/// <summary>Modules that were seen before are found by their bytes, and nothing else is taken for them.</summary>
public class KnownModulesSpecs
{
    private const int Seed = 20261129;
    private const int Length = 100_000;
    private const int Kept = 8 * Length;

    private readonly KnownModules _modules = new(Kept);
    private int _calls;

    [Fact]
    public void A_module_is_kept_at_its_second_upload_and_not_hashed_at_its_third()
    {
        var module = Module(1);
        Assert.Equal(ModuleHash.Of(module), HashOf(module));
        Assert.Equal(0, _modules.Bytes);
        var second = HashOf(module);
        Assert.Equal(Length, _modules.Bytes);
        Assert.NotSame(second.ToString(), ModuleHash.Of(module).ToString());
        Assert.Same(second.ToString(), HashOf([.. module]).ToString());
    }

    [Fact]
    public void A_module_that_differs_in_one_byte_has_its_own_hash()
    {
        var module = Module(1);
        var random = new Random(Seed);
        for (var i = 0; i < 300; i++)
        {
            Know(module);
            Assert.Equal(Length, _modules.Bytes);
            var other = (byte[])module.Clone();
            other[i switch { 0 => 0, 1 => Length - 1, _ => random.Next(Length) }] ^= (byte)random.Next(1, 256);
            Assert.Equal(ModuleHash.Of(other), HashOf(other));
        }
    }

    [Fact]
    public void What_was_not_used_for_longest_goes_first()
    {
        var modules = Enumerable.Range(0, 9).Select(i => Module(i)).ToArray();
        foreach (var module in modules[..8])
            Know(module);
        Assert.Equal(Kept, _modules.Bytes);
        Assert.True(Knows(modules[0]));
        Know(modules[8]);
        Assert.Equal(Kept, _modules.Bytes);
        Assert.True(Knows(modules[0]));
        Assert.False(Knows(modules[1]));
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(Kept)]
    public void The_smallest_and_the_largest_are_hashed_each_time(int length)
    {
        var module = Module(1, length);
        Know(module);
        Assert.Equal(0, _modules.Bytes);
        Assert.Equal(ModuleHash.Of(module), HashOf(module));
    }

    [Fact]
    public void Thousands_of_different_modules_leave_nothing_behind()
    {
        for (var i = 0; i < 5000; i++)
            HashOf(Module(i, 4096));
        Assert.Equal(0, _modules.Bytes);
    }

    [Fact]
    public void Uploads_at_once_get_the_right_hashes()
    {
        // Pairs that look the same: they take each other's place all the time.
        var modules = Enumerable.Range(0, 12).Select(i => Module(i / 2)).ToArray();
        for (var i = 1; i < modules.Length; i += 2)
            modules[i][10]++;
        var hashes = modules.Select(module => ModuleHash.Of(module)).ToArray();
        Parallel.For(0, 4000, i => Assert.Equal(hashes[i * 7 % 12], HashOf(modules[i * 7 % 12])));
        Assert.InRange(_modules.Bytes, 0, Kept);
    }

    /// <summary>In pieces of another length each time: what is compared is bytes.</summary>
    private ModuleHash HashOf(byte[] module) => _modules.HashOf(Pieces.Of(module, 1 + (Interlocked.Increment(ref _calls) * 7919 % (Length + 1))));

    private void Know(byte[] module)
    {
        HashOf(module);
        HashOf(module);
    }

    private bool Knows(byte[] module) => ReferenceEquals(HashOf(module).ToString(), HashOf(module).ToString());

    private static byte[] Module(int number, int length = Length)
    {
        var bytes = new byte[length];
        new Random(Seed + number).NextBytes(bytes);
        return bytes;
    }
}
