using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace WasmWizard.Delivery.Local.Tests.Fixtures;

/// <summary>What an instance's process would answer, inside the test, so that the test decides when it answers.</summary>
internal sealed class Behind : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Behind(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<Behind> Start(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new Behind(app);
    }

    /// <summary>One that answers everything with a text.</summary>
    public static Task<Behind> Start(string text) => Start(context => context.Response.WriteAsync(text));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
