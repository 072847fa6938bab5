namespace WasmWizard.Delivery.Gates.Migrations.Sql;

/// <summary>The smallest piece of SQL that means something; white space is none.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Words in upper case, quoted names and strings without their quotes, everything else as written.</param>
/// <param name="Line">Where it starts, counted from 1.</param>
public readonly record struct SqlToken(SqlTokenKind Kind, string Text, int Line)
{
    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;

    public bool Is(string wordOrSymbol) => Kind is SqlTokenKind.Word or SqlTokenKind.Symbol && Text == wordOrSymbol;
}

public enum SqlTokenKind
{
    /// <summary>A keyword or a name without quotes.</summary>
    Word,

    /// <summary>A name in quotes; never a keyword.</summary>
    QuotedName,

    /// <summary>A string constant in any of the engine's forms, dollar quoting included.</summary>
    Text,

    Number,

    /// <summary>One character: punctuation or part of an operator.</summary>
    Symbol,

    /// <summary>The text of a comment.</summary>
    Comment,
}
