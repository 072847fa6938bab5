using Microsoft.AspNetCore.HttpOverrides;
using Prometheus;
using WasmWizard.Service.Data;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Health;
using WasmWizard.Service.Logging;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>Puts the parts together. Only the settings decide: no file of the working directory and no other variable is read.</summary>
public static class ServiceHost
{
    /// <summary>After the guests are done, this long for answers to be sent and the usage log to be written.</summary>
    private static readonly TimeSpan ShutdownGrace = TimeSpan.FromSeconds(10);

    public static WebApplication Build(ServiceSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "WasmWizard.Service" });
        ServiceLogging.Configure(builder.Logging, settings);
        KestrelSetup.Configure(builder.WebHost, settings);
        AddServices(builder.Services, settings);
        var app = builder.Build();
        ProcessMetrics.Attach(app.Services.GetRequiredService<ServiceMetrics>(), settings);
        UsePipeline(app, settings);
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServiceSettings settings)
    {
        services.AddRoutingCore();
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ServiceMetrics>();
        services.AddSingleton<EmbeddedAssets>();
        services.AddSingleton(new SqliteDatabase(settings.DatabaseFile));
        services.AddSingleton(Migration.Sqlite);
        services.AddSingleton<Migrator>();
        services.AddSingleton(s => new Executor(
            new ExecutorOptions(settings.MaxConcurrentExecutions, settings.MaxQueue, settings.MaxMemoryBytes, settings.Limits.Fuel > 0, settings.ArtifactFolder),
            s.GetRequiredService<ServiceMetrics>()));
        services.AddSingleton<ExecuteEndpoint>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<UsageLog>();
        services.AddHostedService(s => s.GetRequiredService<UsageLog>());
        services.AddSingleton(s => new Drain(s.GetRequiredService<Executor>(), settings.MaxExecutionTime, s.GetRequiredService<ILogger<Drain>>()));
        services.AddHostedService(s => s.GetRequiredService<Drain>());
        services.Configure<HostOptions>(o => o.ShutdownTimeout = settings.MaxExecutionTime + ShutdownGrace);
        services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            o.KnownIPNetworks.Clear();
            o.KnownProxies.Clear();
        });
    }

    private static void UsePipeline(WebApplication app, ServiceSettings settings)
    {
        if (settings.TrustProxy)
            app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseRouting();
        app.UseMiddleware<RequestObserver>();
        app.UseMiddleware<KeyGate>();
        app.UseEndpoints(_ => { });
    }

    private static void Map(WebApplication app)
    {
        var services = app.Services;
        var health = services.GetRequiredService<HealthEndpoints>();
        var assets = services.GetRequiredService<EmbeddedAssets>();
        Map(app, Routes.Execute, services.GetRequiredService<ExecuteEndpoint>().HandleAsync);
        Map(app, Routes.Health, health.AllAsync);
        Map(app, Routes.Live, _ => Task.FromResult(HealthEndpoints.Live()));
        Map(app, Routes.LiveAlias, _ => Task.FromResult(HealthEndpoints.Live()));
        Map(app, Routes.Ready, health.ReadyAsync);
        Map(app, Routes.ReadyAlias, health.ReadyAsync);
        Map(app, Routes.Page, c => Task.FromResult(assets.Get(c, EmbeddedAssets.PageName)));
        Map(app, Routes.Assets, c => Task.FromResult(assets.Get(c, (string)c.Request.RouteValues["name"]!)));
        app.MapMetrics(Routes.Metrics.Path, services.GetRequiredService<ServiceMetrics>().Registry);
    }

    private static void Map(WebApplication app, ServiceRoute route, Func<HttpContext, Task<IResult>> handler) =>
        app.MapMethods(route.Path, route.Method == "GET" ? ["GET", "HEAD"] : [route.Method],
            async context => await (await handler(context)).ExecuteAsync(context)).WithMetadata(route);
}
