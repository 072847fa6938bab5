namespace WasmWizard.Service.Accounts;

/// <summary>A column of users, never guessed from a name or an address.</summary>
public enum Role
{
    User,
    Admin,
}

/// <summary>Roles as the database and JSON write them.</summary>
public static class Roles
{
    public static string Word(this Role role) => role == Role.Admin ? "admin" : "user";

    public static Role? Parse(string? word) => word switch
    {
        "admin" => Role.Admin,
        "user" => Role.User,
        _ => null,
    };
}
