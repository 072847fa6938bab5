using System.Diagnostics;
using System.Text.Json;
using WasmWizard.Delivery.Local.Protocol.Files;
using WasmWizard.Delivery.Local.Protocol.Messages;
using WasmWizard.Delivery.Local.Protocol.Processes;
using WasmWizard.Delivery.Local.State;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Ports;

namespace WasmWizard.Delivery.Local.Fronts;

/// <summary>The front of a state folder as the pipeline sees it: running or not, started, asked, ended.</summary>
/// <param name="state">Whose front.</param>
/// <param name="binaries">The folder that the build wrote the front to.</param>
/// <param name="dotnet">Full path of the dotnet host that runs it.</param>
public sealed class LocalFront(LocalState state, string binaries, string dotnet)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>A start takes under a second; this is for a machine under heavy load.</summary>
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    /// <summary>The kernel ends a killed process in milliseconds; this is for a machine under heavy load.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    private readonly FrontBinaries _binaries = new(binaries);

    /// <summary>The program is there, as built.</summary>
    public bool CanStart => _binaries.Exist && File.Exists(dotnet);

    /// <summary>What the front remembers over its own end; null when there never was one.</summary>
    public static FrontMemory? Memory(LocalState state) =>
        ProtocolJson.TryRead(AtomicFile.Read(state.Front.Memory), ProtocolJson.Default.FrontMemory);

    /// <summary>The running front's document; null when none runs.</summary>
    public FrontDocument? Running()
    {
        var document = ProtocolJson.TryRead(AtomicFile.Read(state.Front.Document), ProtocolJson.Default.FrontDocument);
        return document is { Lives: true } ? document : null;
    }

    /// <summary>What the front knows; null when none runs.</summary>
    /// <exception cref="StepFailedException">It runs and does not answer.</exception>
    public async Task<FrontStatus?> Status(CancellationToken cancellation)
    {
        if (Running() is not { Protocol: FrontDocument.CurrentProtocol } document)
            return null;
        using var client = new FrontClient(document);
        try
        {
            return await client.Status(cancellation);
        }
        catch (StepFailedException)
        {
            if (await Ends(document, cancellation))
                return null;
            throw;
        }
    }

    /// <summary>A front that was just killed still looks alive for a moment: until its last thread is gone it holds its ports and answers nobody.</summary>
    private static async Task<bool> Ends(FrontDocument document, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (document.Process.Lives)
        {
            if (TimeProvider.System.GetElapsedTime(began) > EndsWithin)
                return false;
            await Task.Delay(Look, cancellation);
        }

        return true;
    }

    /// <summary>A client of the running front.</summary>
    /// <exception cref="StepFailedException">None runs.</exception>
    public FrontClient Client() => Running() is { } document
        ? new FrontClient(document)
        : throw new StepFailedException($"No front runs for {state.Folder}; the next deploy starts it.");

    /// <summary>Starts the front from a copy of its program; does nothing when one runs.</summary>
    /// <exception cref="StepFailedException">It did not come to serve; the message is its own.</exception>
    public async Task<FrontDocument> Start(Uri address, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        var folder = _binaries.CopyTo(state);
        while (TimeProvider.System.GetElapsedTime(began) < StartWithin)
        {
            if (Running() is { } document)
                return document;
            await Launch(folder, address, cancellation);
            await Task.Delay(Look, cancellation);
        }

        throw new StepFailedException($"The front did not serve within {StartWithin.TotalSeconds:0} s; see {state.Front.FrontLog}.");
    }

    /// <summary>Ends the front and waits until it is gone; does nothing when none runs.</summary>
    public async Task End(FencingToken token, bool keepInstances, CancellationToken cancellation)
    {
        if (Running() is not { } document)
            return;
        using (var client = new FrontClient(document))
            await client.Shutdown(token, keepInstances, cancellation);
        while (document.Process.Lives)
            await Task.Delay(Look, cancellation);
    }

    /// <summary>Orders with smaller tokens are refused from now on, by a front that runs and by those that will.</summary>
    /// <exception cref="StepFailedException">A later holder of the lock has been here.</exception>
    public async Task Fence(FencingToken token, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (Running() is null)
        {
            if (TryRemember(token, memory => memory))
                return;
            if (TimeProvider.System.GetElapsedTime(began) >= StartWithin)
                throw new StepFailedException($"A front has been starting for {StartWithin.TotalSeconds:0} s and does not serve; see {state.Front.FrontLog}.");
            await Task.Delay(Look, cancellation);
        }

        using var client = Client();
        await client.Fence(token, cancellation);
    }

    /// <summary>Takes the route away while no front runs, so that the next one does not serve again what was withdrawn.</summary>
    /// <exception cref="StepFailedException">A front is just starting, or a later holder of the lock has been here.</exception>
    public void ForgetRoute(FencingToken token)
    {
        if (!TryRemember(token, memory => memory with { Route = FrontRoute.Nowhere }))
            throw new StepFailedException($"A front is just starting for {state.Folder}; the route is not taken away behind its back.");
    }

    /// <summary>Changes what the next front will remember; false when a front has, or is about to have, the memory for itself.</summary>
    private bool TryRemember(FencingToken token, Func<FrontMemory, FrontMemory> change)
    {
        Folders.Create(state.Front.Folder);
        using var free = Exclusive.TryHold(state.Front.Lock);
        if (free is null)
            return false;
        var memory = Memory(state) ?? new FrontMemory(0, FrontRoute.Nowhere);
        if (token.Value < memory.Token)
            throw new StepFailedException($"The fencing token {token} is older than {memory.Token}: the lock was lost to a later holder.");
        var next = change(memory with { Token = token.Value });
        if (next != memory)
            AtomicFile.Write(state.Front.Memory, JsonSerializer.SerializeToUtf8Bytes(next, ProtocolJson.Default.FrontMemory));
        return true;
    }

    /// <summary>Ends what a killed front left running, without a front.</summary>
    public void EndLeftovers()
    {
        if (!Directory.Exists(state.Front.Instances))
            return;
        foreach (var folder in Directory.EnumerateDirectories(state.Front.Instances))
            File.Delete(Path.Combine(folder, MarkedProcess.Intent));
        MarkedProcess.EndAll(IsMine);
        foreach (var folder in Directory.EnumerateDirectories(state.Front.Instances))
            Folders.Delete(folder);
    }

    /// <summary>Instances of this state that run although no front looks after them.</summary>
    public IReadOnlyList<ProcessIdentity> Leftovers() => MarkedProcess.All(IsMine);

    private bool IsMine(string mark) => mark.StartsWith(state.Front.MarkPrefix, StringComparison.Ordinal);

    /// <summary>Starts a front and returns when it serves, or when it ended because another one holds the place.</summary>
    private async Task Launch(string folder, Uri address, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(dotnet)
        {
            WorkingDirectory = state.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "exec", Path.Combine(folder, FrontBinaries.Program),
            "--state", state.Folder, "--address", PublicAddress.Text(address), "--version", Path.GetFileName(folder),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in CleanEnvironment.FromThisProcess())
            start.Environment[name] = value;
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(dotnet);
        start.Environment[MarkedProcess.Variable] = state.Front.FrontMark;
        using var process = Process.Start(start) ?? throw new UnreachableException("A new process is always started.");
        process.StandardInput.Close();
        // The end of its stderr is the front's sign that it serves, or that it has ended.
        var said = (await process.StandardError.ReadToEndAsync(cancellation)).Trim();
        if (Running() is not null)
            return;
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != FrontDocument.PlaceIsTaken)
            throw new StepFailedException($"The front did not start: {(said.Length > 0 ? said : $"it ended with exit code {process.ExitCode} and without a word")}");
    }
}
