using System.Buffers;
using WasmWizard.Service.Accounts;
using WasmWizard.Service.Executions;
using WasmWizard.Service.Modules;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>Stored modules: kept, listed, run by id, deleted.</summary>
internal sealed class ModuleEndpoints(ServiceSettings settings, ModuleStore store, Executor executor, ExecutionDesk desk)
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;
    private const int MaxNameLength = 200;

    public async Task<IResult> AddAsync(HttpContext context)
    {
        using var read = await ModuleForm.ReadAsync(context, settings);
        switch (read)
        {
            case ModuleForm.Faulty faulty:
                return faulty.Problem.ToResult();
            case ModuleForm.Complete { Wasm: { } wasm } form when ProblemWith(form) is null:
                return await AddAsync(context, form, wasm.ToArray());
            case var form:
                return ProblemWith((ModuleForm.Complete)form)!.ToResult();
        }
    }

    public async Task<IResult> ListAsync(HttpContext context)
    {
        var page = Bodies.Number(context.Request, "page", 1, 1, int.MaxValue);
        var limit = Bodies.Number(context.Request, "limit", DefaultLimit, 1, MaxLimit);
        var includePublic = context.Request.Query["includePublic"].ToString();
        if (page is null || limit is null || includePublic is not ("" or "true" or "false"))
            return Problem.BadQuery($"page from 1, limit from 1 to {MaxLimit}, and includePublic true or false are required, or none of them.").ToResult();
        var (modules, total) = await store.ListAsync(context.Caller().UserId, includePublic == "true", page.Value, limit.Value, context.RequestAborted);
        return Results.Json(new { modules = modules.Select(module => Shown(module, context.Caller())), page, limit, total }, Json.Options);
    }

    public async Task<IResult> ExecuteAsync(HttpContext context)
    {
        var caller = context.Caller();
        if (await desk.AskAsync(context, caller) is { } problem)
            return problem.ToResult();
        if (await store.FindAsync(IdOf(context), caller.UserId, context.RequestAborted, context.SeenVersion()) is not { } module)
            return Problem.NoSuch("module").ToResult();
        if (ModuleForm.IsIn(context.Request))
        {
            using var form = await ModuleForm.ReadAsync(context, settings);
            return form is ModuleForm.Complete complete ? await RunAsync(complete.Input) : ((ModuleForm.Faulty)form).Problem.ToResult();
        }

        using var body = await ReceivedBody.ReadAsync(context, settings.MaxInputBytes);
        return body.Overflowed ? Problem.TooBig("input", settings.MaxInputBytes).ToResult() : await RunAsync(body.Bytes.Together());

        Task<IResult> RunAsync(ReadOnlyMemory<byte> input) => desk.ExecuteAsync(
            context, caller, ModuleHash.Parse(module.Sha256), () => store.ContentAsync(module.Id, context.RequestAborted), input);
    }

    public async Task<IResult> DeleteAsync(HttpContext context) =>
        await store.DeleteAsync(IdOf(context), context.Caller().UserId, context.RequestAborted) ? Results.NoContent() : Problem.NoSuch("module").ToResult();

    private async Task<IResult> AddAsync(HttpContext context, ModuleForm.Complete form, ReadOnlyMemory<byte> wasm)
    {
        var hash = ModuleHash.Of(wasm.Span);
        if (await executor.CheckAsync(hash, wasm, context.Caller().LimitKey, context.RequestAborted) is { } reply)
            return (reply is ExecutionReply.Refused refused ? Problem.Of(refused.Refusal) : Problem.Busy()).ToResult();
        var (module, isNew) = await store.AddAsync(
            context.Caller().UserId, NameOf(form, hash), form.Description ?? "", form.IsPublic == "true", hash, wasm, context.RequestAborted);
        return Results.Json(Shown(module, context.Caller()), Json.Options, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static Problem? ProblemWith(ModuleForm.Complete form)
    {
        if (form.Wasm is null)
            return Problem.BadForm("The form has no file \"wasm\".");
        if (form.Name is { } name && (name.Length > MaxNameLength || name.Contains('\0', StringComparison.Ordinal)))
            return Problem.BadForm($"\"name\" is longer than {MaxNameLength} characters, or has a character that no name has.");
        if (form.Description?.Contains('\0', StringComparison.Ordinal) == true)
            return Problem.BadForm("\"description\" has a character that no text has.");
        return form.IsPublic is null or "true" or "false" ? null : Problem.BadForm($"\"isPublic\" is \"{form.IsPublic}\"; true or false is required.");
    }

    private static string NameOf(ModuleForm.Complete form, ModuleHash hash) =>
        string.IsNullOrWhiteSpace(form.Name) ? $"module-{hash.ToString()[..12]}" : form.Name.Trim();

    private static object Shown(StoredModule module, Caller caller) => new
    {
        module.Id,
        module.Name,
        module.Description,
        module.IsPublic,
        module.SizeBytes,
        module.Sha256,
        module.UploadTime,
        isOwn = module.OwnerId == caller.UserId,
    };

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;
}
