namespace WasmWizard.Delivery.Local.Front.Routing;

/// <summary>The one backend that requests go to. A request sees either the old or the new one, never a gap between them.</summary>
public sealed class Router
{
    private volatile Backend? _current;

    /// <summary>Sends all further requests there; null sends them nowhere.</summary>
    public void SwitchTo(Backend? backend) => _current = backend;

    /// <summary>The backend for one request, which must leave it afterwards; null when there is none.</summary>
    public Backend? Enter()
    {
        while (_current is { } backend)
        {
            if (backend.TryEnter())
                return backend;
            // It was retired between the two lines, which happens only after another one, or none, took its place.
            if (ReferenceEquals(_current, backend))
                return null;
        }

        return null;
    }
}
