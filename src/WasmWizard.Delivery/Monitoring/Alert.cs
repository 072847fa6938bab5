namespace WasmWizard.Delivery.Monitoring;

/// <summary>How soon a person is told.</summary>
public enum AlertSeverity
{
    /// <summary>In working hours.</summary>
    Ticket,

    /// <summary>Now.</summary>
    Page,
}

/// <summary>One alert rule of Prometheus, with the proof that it fires when it should and is silent when it should be.</summary>
public sealed record Alert
{
    public required string Name { get; init; }

    /// <summary>In PromQL.</summary>
    public required string Expression { get; init; }

    /// <summary>How long the expression holds before anybody is told.</summary>
    public required TimeSpan Lasting { get; init; }

    public required AlertSeverity Severity { get; init; }

    /// <summary>What was observed, what is required and the consequence; one line.</summary>
    public required string Summary { get; init; }

    /// <summary>Labels of the series that fires in <see cref="Fires"/>, beyond those of the rule itself.</summary>
    public IReadOnlyDictionary<string, string> FiringLabels { get; init; } = new Dictionary<string, string>();

    /// <summary>When the proofs look, counted from the first sample.</summary>
    public required TimeSpan LooksAt { get; init; }

    /// <summary>Time between two samples of the proofs: as coarse as the shortest window allows, so that proving days takes seconds.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Samples at which the alert fires.</summary>
    public required IReadOnlyList<Samples> Fires { get; init; }

    /// <summary>Several cases of samples, at none of which it fires.</summary>
    public required IReadOnlyList<IReadOnlyList<Samples>> Silent { get; init; }
}

/// <summary>Values of one series in promtool's notation.</summary>
/// <param name="Series">e.g. <c>up{job="wasm-wizard"}</c></param>
/// <param name="Values">e.g. <c>0+10x90</c>: from 0, 90 times 10 more.</param>
public sealed record Samples(string Series, string Values);

/// <summary>A rule that keeps an expression's value under a name, for the alerts to share.</summary>
public sealed record Recording(string Name, string Expression);
