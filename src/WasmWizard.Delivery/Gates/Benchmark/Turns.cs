namespace WasmWizard.Delivery.Gates.Benchmark;

/// <summary>A program that measures only when it is its turn.</summary>
public interface ITakesTurns
{
    /// <summary>Waits until it asks for a turn, which gives up the turn before; false when it has ended and asks no more.</summary>
    Task<bool> Asks(CancellationToken cancellation);

    Task Give(CancellationToken cancellation);
}

public static class Turns
{
    /// <summary>Gives one turn after the other, in the given order, until nobody asks any more; nobody measures while another does, nor while another makes ready for it.</summary>
    public static async Task Alternate(IReadOnlyList<ITakesTurns> programs, CancellationToken cancellation)
    {
        List<ITakesTurns> asking = [];
        foreach (var program in programs)
            if (await program.Asks(cancellation))
                asking.Add(program);
        while (asking.Count > 0)
            foreach (var program in asking.ToList())
            {
                await program.Give(cancellation);
                if (!await program.Asks(cancellation))
                    asking.Remove(program);
            }
    }
}
