using System.Security.Cryptography;
using System.Text;
using WasmWizard.Delivery.Local.Front.Instances;
using WasmWizard.Delivery.Local.Protocol.Messages;

namespace WasmWizard.Delivery.Local.Front.Control;

/// <summary>The control address: every call needs the key of the front's document.</summary>
/// <param name="supervisor">Carries the orders out.</param>
/// <param name="key">The bearer token.</param>
/// <param name="end">Ends the front; true keeps the instances running.</param>
internal sealed class Orders(Supervisor supervisor, string key, Action<bool> end)
{
    private readonly byte[] _authorization = Encoding.ASCII.GetBytes($"Bearer {key}");

    public void Map(WebApplication app)
    {
        app.Use(Guard);
        app.MapGet("/status", supervisor.Status);
        app.MapPut("/fence", (FenceOrder order) => supervisor.Fence(order));
        app.MapPut("/instances/{id}", (string id, StartOrder order, CancellationToken gone) =>
            order.Spec.Id == id ? supervisor.Start(order, gone) : throw new BadHttpRequestException("The id differs from the path's."));
        app.MapPost("/instances/{id}/stop", (string id, StopOrder order, CancellationToken gone) => supervisor.Stop(id, order, gone));
        app.MapPut("/route", (RouteOrder order) => supervisor.Switch(order));
        app.MapPost("/shutdown", async (ShutdownOrder order, HttpContext context) =>
        {
            await supervisor.PrepareShutdown(order, context.RequestAborted);
            context.Response.OnCompleted(() =>
            {
                end(order.KeepInstances);
                return Task.CompletedTask;
            });
        });
    }

    private async Task Guard(HttpContext context, RequestDelegate next)
    {
        var given = Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString());
        if (!CryptographicOperations.FixedTimeEquals(given, _authorization))
        {
            await Refuse(context, new Refusal("No right to give orders", "The key of front.json is required.", StatusCodes.Status401Unauthorized));
            return;
        }

        try
        {
            await next(context);
        }
        catch (RefusedException refused)
        {
            await Refuse(context, refused.Refusal);
        }
        catch (IOException full)
        {
            await Refuse(context, new Refusal("The state could not be written", full.Message, StatusCodes.Status507InsufficientStorage));
        }
    }

    private static Task Refuse(HttpContext context, Refusal refusal)
    {
        context.Response.StatusCode = refusal.Status;
        return context.Response.WriteAsJsonAsync(refusal, ProtocolJson.Default.Refusal);
    }
}
