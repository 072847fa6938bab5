using WasmWizard.Delivery.Postgres.Servers;

namespace WasmWizard.Delivery.Postgres.Tests;

public sealed class AddressSpecs
{
    [Theory]
    [InlineData("postgres://u:p%40ss@db:6543/shop?sslmode=verify-full&sslrootcert=%2Fca.pem", "shop at db:6543")]
    [InlineData("postgresql://u@db/shop", "shop at db:5432")]
    public void A_url_is_read_and_comes_back_and_is_told_without_its_password(string url, string told)
    {
        var address = PostgresAddress.Parse(url);

        Assert.Equal(told, address.ToString());
        Assert.Equal(address.RevealUrl(), PostgresAddress.Parse(address.RevealUrl()).RevealUrl());
        Assert.DoesNotContain("ss", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql://u:hunter2@db/shop")]
    [InlineData("postgres://u:hunter2@db")]
    [InlineData("postgres://db/hunter2")]
    [InlineData("postgres://u:hunter2@db/shop?sslmode=sometimes")]
    [InlineData("postgres://u:hunter2@db/shop?options=hunter2")]
    [InlineData("hunter2")]
    public void What_is_none_is_refused_without_being_shown(string url) =>
        Assert.DoesNotContain("hunter2", Assert.Throws<FormatException>(() => PostgresAddress.Parse(url)).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_dumps_of_one_schema_have_one_hash()
    {
        const string first = "-- Dumped from database version 15.1\n\\restrict abc\nCREATE TABLE a ();\n\n\\unrestrict abc\n";

        Assert.Equal(SchemaText.Hash(first), SchemaText.Hash("-- 15.2\r\n\\restrict xyz\r\nCREATE TABLE a ();\r\n"));
        Assert.NotEqual(SchemaText.Hash(first), SchemaText.Hash("CREATE TABLE b ();"));
    }
}
