using Wasmtime;

namespace WasmWizard.Service.Executions;

/// <summary>Traps in words.</summary>
internal static class Traps
{
    public static string Describe(TrapException trap)
    {
        var what = trap.Type switch
        {
            TrapCode.StackOverflow => "the call stack is exhausted",
            TrapCode.MemoryOutOfBounds => "memory access out of bounds",
            TrapCode.HeapMisaligned => "misaligned memory access",
            TrapCode.TableOutOfBounds => "table access out of bounds",
            TrapCode.IndirectCallToNull => "indirect call of a null function",
            TrapCode.BadSignature => "indirect call with another signature",
            TrapCode.IntegerOverflow => "integer overflow",
            TrapCode.IntegerDivisionByZero => "integer division by zero",
            TrapCode.BadConversionToInteger => "conversion to an integer that does not fit",
            TrapCode.Unreachable => "an unreachable instruction was executed",
            var other => $"trap {other}",
        };
        var function = trap.Frames is { Count: > 0 } frames ? frames[0].FunctionName : null;
        return string.IsNullOrEmpty(function) ? what : $"{what}, in function {function}";
    }
}
