using Spectre.Console;
using Spectre.Console.Rendering;

namespace WasmWizard.BuildEngine;

/// <summary>
/// The bottom lines of a terminal: what runs and since when, how much is done, how long the rest may take. Only this class touches
/// Spectre.Console, so that it is loaded where a person looks on and nowhere else.
/// </summary>
internal sealed class LiveView : ILiveView
{
    private static readonly TimeSpan s_frame = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private readonly IAnsiConsole _console;
    private readonly BuildSession _session;
    private readonly RunForecast _forecast;
    private readonly List<ExecutableTarget> _running = [];
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer _timer;
    private readonly Task _display;
    private LiveDisplayContext? _context;

    public LiveView(BuildSession session, TextWriter people, RunForecast forecast)
    {
        (_session, _forecast) = (session, forecast);
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = session.Output.Palette == Palette.Colourful ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(people),
        });
        _display = _console.Live(View()).AutoClear(true).StartAsync(context =>
        {
            _context = context;
            return _end.Task;
        });
        _timer = new Timer(_ => Draw(), null, s_frame, s_frame);
    }

    public void WriteLine(string text)
    {
        lock (_gate)
            _console.Write(new Line(text));
    }

    public void Begin(ExecutableTarget target) => Change(() => _running.Add(target));

    public void End(ExecutableTarget target) => Change(() => _running.Remove(target));

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
            _context = null;
        _end.TrySetResult();
        _display.GetAwaiter().GetResult();
    }

    private void Change(Action change)
    {
        lock (_gate)
            change();
        Draw();
    }

    private void Draw()
    {
        lock (_gate)
            _context?.UpdateTarget(View());
    }

    private Rows View()
    {
        var rows = new List<IRenderable> { new Text(_forecast.Headline(_session.Elapsed), new Style(decoration: Decoration.Dim)) };
        var shown = _running.Where(target => target.HasActions && target.Status == ExecutionStatus.Running).ToList();
        var names = shown.Select(target => target.Name.Length).DefaultIfEmpty().Max();
        foreach (var target in shown)
            rows.Add(new Text($"  {target.Name.PadRight(names)}  {SummaryTable.Format(_session.Elapsed - (target.Began ?? _session.Elapsed))}", new Style(Color.Teal)) { Overflow = Overflow.Ellipsis });
        return new Rows(rows);
    }

    /// <summary>A line that may carry a tool's own colours; it goes through as it is, over what the view had drawn there.</summary>
    private sealed class Line(string text) : IRenderable
    {
        private const string EraseLine = "\e[2K";
        private const string EraseRest = "\e[K";

        public Measurement Measure(RenderOptions options, int maxWidth) => new(0, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [Segment.Control(EraseLine + text + EraseRest), Segment.LineBreak];
    }
}
