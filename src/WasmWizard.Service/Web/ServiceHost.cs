using Microsoft.AspNetCore.HttpOverrides;
using Prometheus;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Data;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Health;
using WasmWizard.Service.Limits;
using WasmWizard.Service.Logging;
using WasmWizard.Service.Metrics;
using WasmWizard.Service.Modules;
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
        var certificate = KestrelSetup.Configure(builder.WebHost, settings);
        AddServices(builder.Services, settings);
        var app = builder.Build();
        certificate?.LogTo(app.Logger);
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
        services.AddSingleton(Databases.Of(settings));
        services.AddSingleton(s => new Migrator(s.GetRequiredService<IDatabase>(), s.GetRequiredService<IDatabase>().Migrations, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<UserStore>().AddSingleton<TierStore>().AddSingleton<KeyStore>().AddSingleton<FreezeSwitch>();
        services.AddSingleton<ModuleStore>().AddSingleton<UsageStore>();
        AddRateLimits(services, settings);
        services.AddSingleton(s => new Executor(
            new ExecutorOptions(settings.MaxConcurrentExecutions, settings.MaxConcurrentOfOne, settings.MaxQueue, settings.MaxMemoryBytes, settings.Limits.Fuel > 0, settings.ArtifactFolder),
            s.GetRequiredService<ServiceMetrics>()));
        services.AddSingleton(new KnownModules()).AddSingleton<KeyAuthentication>();
        services.AddSingleton<ExecutionDesk>().AddSingleton<ExecuteEndpoint>().AddSingleton<ModuleEndpoints>().AddSingleton<KeyEndpoints>();
        services.AddSingleton<SessionEndpoints>().AddSingleton<UsageEndpoints>().AddSingleton<AdminEndpoints>();
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

    private static void AddRateLimits(IServiceCollection services, ServiceSettings settings)
    {
        services.AddSingleton<InProcessRateLimiter>();
        if (settings.RedisUrl is not { } urls)
        {
            services.AddSingleton<IRateLimiter>(s => s.GetRequiredService<InProcessRateLimiter>());
            return;
        }

        services.AddSingleton(new RedisConnection(urls));
        services.AddSingleton<IRateLimiter>(s => new RedisRateLimiter(
            s.GetRequiredService<RedisConnection>(), settings.RefuseWithoutRedis, s.GetRequiredService<InProcessRateLimiter>()));
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
        var modules = services.GetRequiredService<ModuleEndpoints>();
        var keys = services.GetRequiredService<KeyEndpoints>();
        var sessions = services.GetRequiredService<SessionEndpoints>();
        var usage = services.GetRequiredService<UsageEndpoints>();
        Map(app, Routes.Execute, services.GetRequiredService<ExecuteEndpoint>().HandleAsync);
        Map(app, Routes.AddModule, modules.AddAsync);
        Map(app, Routes.ListModules, modules.ListAsync);
        Map(app, Routes.ExecuteModule, modules.ExecuteAsync);
        Map(app, Routes.DeleteModule, modules.DeleteAsync);
        Map(app, Routes.CreateKey, keys.CreateAsync);
        Map(app, Routes.ListKeys, keys.ListAsync);
        Map(app, Routes.RevokeKey, keys.RevokeAsync);
        Map(app, Routes.Usage, usage.OwnAsync);
        Map(app, Routes.SignIn, sessions.SignInAsync);
        Map(app, Routes.Session, SessionEndpoints.ShowAsync);
        Map(app, Routes.SignOut, sessions.SignOutAsync);
        MapAdmin(app, services.GetRequiredService<AdminEndpoints>(), usage);
        Map(app, Routes.Health, health.AllAsync);
        Map(app, Routes.Live, _ => Task.FromResult(HealthEndpoints.Live()));
        Map(app, Routes.Ready, health.ReadyAsync);
        Map(app, Routes.OpenApi, _ => Task.FromResult(Results.Text(OpenApiDocument.Json, "application/json")));
        Map(app, Routes.Docs, _ => Task.FromResult(Results.Text(DocsPage.Html, "text/html; charset=utf-8")));
        Map(app, Routes.Page, c => Task.FromResult(assets.Get(c, EmbeddedAssets.PageName)));
        Map(app, Routes.Assets, c => Task.FromResult(assets.Get(c, (string)c.Request.RouteValues["name"]!)));
        app.MapMetrics(Routes.Metrics.Path, services.GetRequiredService<ServiceMetrics>().Registry);
    }

    private static void MapAdmin(WebApplication app, AdminEndpoints admin, UsageEndpoints usage)
    {
        Map(app, Routes.AdminUsers, admin.UsersAsync);
        Map(app, Routes.AdminAddUser, admin.AddUserAsync);
        Map(app, Routes.AdminChangeUser, admin.ChangeUserAsync);
        Map(app, Routes.AdminUserKeys, admin.UserKeysAsync);
        Map(app, Routes.AdminAddKey, admin.AddKeyAsync);
        Map(app, Routes.AdminRevokeKey, admin.RevokeKeyAsync);
        Map(app, Routes.AdminTiers, admin.TiersAsync);
        Map(app, Routes.AdminPutTier, admin.PutTierAsync);
        Map(app, Routes.AdminUsage, usage.AllAsync);
        Map(app, Routes.AdminFreeze, admin.FreezeAsync);
        Map(app, Routes.AdminSetFreeze, admin.SetFreezeAsync);
        Map(app, Routes.AdminClearFreeze, admin.ClearFreezeAsync);
    }

    /// <summary>The route, and the older names it has.</summary>
    private static void Map(WebApplication app, ServiceRoute route, Func<HttpContext, Task<IResult>> handler)
    {
        foreach (var named in Routes.Aliases.Where(alias => alias.AliasOf == route).Prepend(route))
        {
            app.MapMethods(named.Path, named.Method == "GET" ? ["GET", "HEAD"] : [named.Method],
                async context => await (await handler(context)).ExecuteAsync(context)).WithMetadata(named);
        }
    }
}
