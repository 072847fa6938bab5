using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using WasmWizard.Delivery.Compose.Engine;
using WasmWizard.Delivery.Compose.Stack;
using WasmWizard.Delivery.Locks;
using WasmWizard.Delivery.Plans;
using WasmWizard.Delivery.Ports;
using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Compose.Steps;

/// <summary>Database, Redis, Prometheus and proxy run as the strategy describes them. What is as described is left alone: nobody's connection is closed.</summary>
internal sealed class AroundStep(ComposeContext context) : IRolloutStep
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public string Id => "around";

    public StepKind Kind => StepKind.Prepare;

    public string Subject => string.Join(", ", context.Stack.Around.Select(service => service.Name));

    public string Change => "run as described";

    public async Task<StepState> Observe(CancellationToken cancellation)
    {
        var wrong = new List<string>();
        foreach (var service in context.Stack.Around)
        {
            if (await Difference(service, cancellation) is { } difference)
                wrong.Add($"{service.Name} {difference}");
        }

        if (wrong.Count > 0)
            return new(false, string.Join(", ", wrong));
        return await DatabaseAnswers(cancellation) is { } silent ? new(false, silent) : new(true, "all run as described");
    }

    public async Task Act(FencingToken token, CancellationToken cancellation)
    {
        await Network(context.Stack.Network, context.Stack.Subnet, isInternal: false, cancellation);
        await Network(context.Stack.ControlNetwork, context.Stack.ControlSubnet, isInternal: true, cancellation);
        foreach (var service in context.Stack.Around)
        {
            if (await Difference(service, cancellation) is not null)
                await Run(service, cancellation);
        }

        await Answering(cancellation);
    }

    private async Task<string?> Difference(StackService service, CancellationToken cancellation)
    {
        if (await context.Engine.FindContainer(context.NameOf(service), cancellation) is not { } container)
            return "is not there";
        if (!container.IsRunning)
            return "does not run";
        return container.Label(Specifications.HashLabel) == await Hash(service, cancellation) ? null : "is another one than described";
    }

    private async Task<string> Hash(StackService service, CancellationToken cancellation) =>
        Specifications.Hash(Specifications.Around(context.Stack, service, context.Options), await Files(service, cancellation));

    /// <summary>What is written into the container before it starts.</summary>
    private async Task<IReadOnlyDictionary<string, byte[]>> Files(StackService service, CancellationToken cancellation)
    {
        var files = new Dictionary<string, byte[]>(service.Files);
        foreach (var secret in service.Secrets)
        {
            files[secret.Path] = secret.Name switch
            {
                "tls_certificate" => await File.ReadAllBytesAsync(context.Options.CertificateFile, cancellation),
                "tls_key" => await File.ReadAllBytesAsync(context.Options.CertificateKeyFile, cancellation),
                _ => Encoding.ASCII.GetBytes(await context.DatabasePassword(cancellation) ?? ""),
            };
        }

        return files;
    }

    private async Task Run(StackService service, CancellationToken cancellation)
    {
        var name = context.NameOf(service);
        var specification = Specifications.Around(context.Stack, service, context.Options);
        var files = await Files(service, cancellation);
        specification["Labels"]![Specifications.HashLabel] = await Hash(service, cancellation);
        if (await context.Engine.FindContainer(name, cancellation) is { } before)
        {
            if (before.Label(Specifications.HashLabel) == specification["Labels"]![Specifications.HashLabel]!.GetValue<string>())
            {
                await context.Engine.Start(name, cancellation);
                return;
            }

            await context.Engine.Stop(name, TimeSpan.FromSeconds(30), cancellation);
            await context.Engine.Remove(name, cancellation);
        }

        if (!await context.Engine.TryCreate(name, specification, cancellation))
            throw new StepFailedException($"Somebody else made {name} at the same time; required: one deployment at a time.");
        if (service.Control)
            await context.Engine.Post($"/networks/{context.Stack.ControlNetwork}/connect", new JsonObject
            {
                ["Container"] = name,
                ["EndpointConfig"] = new JsonObject { ["IPAMConfig"] = new JsonObject { ["IPv4Address"] = context.Stack.ControlAddress } },
            }, cancellation);
        foreach (var (path, content) in files)
            await context.Engine.Put(name, "/", [new(path.TrimStart('/'), content, ReadableByAll, 0)], cancellation);
        await context.Engine.Start(name, cancellation);
    }

    /// <summary>Programs in these containers run as users of their images; nobody else is in there.</summary>
    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private async Task Network(string name, string subnet, bool isInternal, CancellationToken cancellation)
    {
        if (await context.Engine.Find($"/networks/{name}", cancellation) is not null)
            return;
        await context.Engine.Post("/networks/create", new JsonObject
        {
            ["Name"] = name,
            ["CheckDuplicate"] = true,
            ["Internal"] = isInternal,
            ["Labels"] = new JsonObject { ["wasm-wizard.project"] = context.Stack.Project },
            ["IPAM"] = new JsonObject
            {
                // Fixed addresses lie in the lower half, which the engine does not give away by itself.
                ["Config"] = new JsonArray(new JsonObject { ["Subnet"] = $"{subnet}.0/24", ["IPRange"] = $"{subnet}.128/25", ["Gateway"] = $"{subnet}.1" }),
            },
        }, cancellation);
    }

    private async Task Answering(CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        string? silent;
        do
        {
            silent = await DatabaseAnswers(cancellation) ?? await ProxyAnswers(cancellation);
            if (silent is null)
                return;
            await Task.Delay(Pause, cancellation);
        }
        while (TimeProvider.System.GetElapsedTime(began) < context.Options.StartWithin);
        throw new StepFailedException($"Not everything answers within {context.Options.StartWithin.TotalSeconds:0} s: {silent}. {await LastWords(cancellation)}");
    }

    private async Task<string> LastWords(CancellationToken cancellation)
    {
        var words = new List<string>();
        foreach (var service in context.Stack.Around)
        {
            if (await context.Engine.FindContainer(context.NameOf(service), cancellation) is { IsRunning: false } ended)
                words.Add($"{service.Name} ended with exit code {ended.ExitCode}: {string.Join(' ', await context.Engine.LastLines(context.NameOf(service), 5, cancellation))}");
        }

        return string.Join("; ", words);
    }

    private async Task<string?> DatabaseAnswers(CancellationToken cancellation)
    {
        try
        {
            if (await context.Database(cancellation) is not { } database)
                return "the database does not run";
            await using var session = await Session.Open(database, cancellation);
            return null;
        }
        catch (NpgsqlException silent)
        {
            return $"the database does not answer: {silent.Message}";
        }
    }

    private async Task<string?> ProxyAnswers(CancellationToken cancellation)
    {
        try
        {
            await context.Proxy.States(cancellation);
            return null;
        }
        catch (EngineException silent)
        {
            return silent.Message;
        }
    }
}
