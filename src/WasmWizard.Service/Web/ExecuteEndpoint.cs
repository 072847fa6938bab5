using WasmWizard.Service.Modules;
using WasmWizard.Service.Settings;

namespace WasmWizard.Service.Web;

/// <summary>POST /api/execute.</summary>
internal sealed class ExecuteEndpoint(ServiceSettings settings, ExecutionDesk desk, KnownModules known)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var caller = context.Caller();
        if (await desk.AskAsync(context, caller) is { } problem)
            return problem.ToResult();
        using var read = await ModuleForm.ReadAsync(context, settings);
        return read switch
        {
            ModuleForm.Complete { Wasm: { } wasm } form => await desk.ExecuteAsync(context, caller, known.HashOf(wasm), wasm, form.Input),
            ModuleForm.Faulty faulty => faulty.Problem.ToResult(),
            _ => Problem.BadForm("The form has no file \"wasm\".").ToResult(),
        };
    }
}
