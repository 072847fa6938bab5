using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using WasmWizard.Service.Web;

namespace WasmWizard.Service.Tests;

public class ReceiveBlocksSpecs
{
    [Theory]
    [InlineData(-1, 32 * 1024)]
    [InlineData(4096, 32 * 1024)]
    [InlineData(40_000, 40_000)]
    public void A_block_is_never_smaller_than_what_makes_few_pieces_of_a_module(int asked, int least)
    {
        using var pool = new ReceiveBlocks.Factory().Create();
        using var block = pool.Rent(asked);
        Assert.InRange(block.Memory.Length, least, 2 * least);
    }

    [Fact]
    public async Task The_server_receives_in_such_blocks()
    {
        await using var service = await RunningService.StartAsync();
        Assert.IsType<ReceiveBlocks.Factory>(service.App.Services.GetRequiredService<IMemoryPoolFactory<byte>>());
    }
}
