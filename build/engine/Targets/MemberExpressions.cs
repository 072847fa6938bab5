using System.Linq.Expressions;
using System.Reflection;

namespace WasmWizard.BuildEngine;

/// <summary>Reads lambdas such as <c>() => ApiKey</c> without compiling them, which would cost more than most targets.</summary>
internal static class MemberExpressions
{
    public static MemberInfo MemberOf(LambdaExpression expression) =>
        TryMemberOf(expression) ?? throw new ArgumentException($"'{TextOf(expression)}' has to name a member, e.g. () => ApiKey.", nameof(expression));

    public static MemberInfo? TryMemberOf(LambdaExpression expression) => (Unwrap(expression.Body) as MemberExpression)?.Member;

    public static object? Evaluate(LambdaExpression expression) =>
        TryRead(Unwrap(expression.Body), out var value) ? value : expression.Compile(preferInterpretation: true).DynamicInvoke();

    /// <summary>The body as written, without the compiler's closures.</summary>
    public static string TextOf(LambdaExpression expression)
    {
        var text = Unwrap(expression.Body) is MemberExpression member ? member.Member.Name : expression.Body.ToString();
        var closure = text.IndexOf("value(", StringComparison.Ordinal);
        while (closure >= 0)
        {
            var end = text.IndexOf(").", closure, StringComparison.Ordinal);
            if (end < 0)
                break;
            text = text.Remove(closure, end + 2 - closure);
            closure = text.IndexOf("value(", closure, StringComparison.Ordinal);
        }

        return text;
    }

    private static Expression Unwrap(Expression expression)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } unary)
            expression = unary.Operand;
        return expression;
    }

    private static bool TryRead(Expression? expression, out object? value)
    {
        value = null;
        switch (expression)
        {
            case null:
                return true;
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case MemberExpression member when TryRead(member.Expression is null ? null : Unwrap(member.Expression), out var owner):
                value = member.Member switch
                {
                    FieldInfo field => field.GetValue(owner),
                    PropertyInfo property => property.GetMethod!.Invoke(owner, BindingFlags.DoNotWrapExceptions, null, null, null),
                    _ => null,
                };
                return true;
            default:
                return false;
        }
    }
}
