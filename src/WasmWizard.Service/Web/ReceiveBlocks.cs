using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace WasmWizard.Service.Web;

/// <summary>
/// The memory in which a connection receives and sends, in blocks of 32 KiB instead of the framework's 4: a module of 100 KB comes in
/// four pieces instead of 25, and each piece is a call of the system, a turn of the connection's loop and a part of what is searched.
/// A connection that waits holds none.
/// </summary>
internal sealed class ReceiveBlocks : MemoryPool<byte>
{
    public const int BlockBytes = 32 * 1024;

    public override int MaxBufferSize => Shared.MaxBufferSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, BlockBytes));

    protected override void Dispose(bool disposing)
    {
    }

    public sealed class Factory : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new ReceiveBlocks();
    }
}
