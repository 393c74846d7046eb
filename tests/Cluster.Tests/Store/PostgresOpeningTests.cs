using Npgsql;
using Nudge.Store;

namespace Nudge.Cluster.Tests.Store;

[Collection(PostgresTests.Name)]
public sealed class PostgresOpeningTests(PostgresServer server)
{
    [SkippableFact]
    public async Task A_database_may_be_opened_by_many_at_once()
    {
        StoreSettings store = Stores.Parse(await server.NewStoreAsync());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SliceStore.OpenAsync(store))));
        Assert.Equal(0, await new JournalRows(store).CountAsync());
    }

    [SkippableFact]
    public async Task A_wrong_password_or_database_is_refused_in_words_without_it()
    {
        string words = await server.NewStoreAsync();
        var connection = new NpgsqlConnectionStringBuilder(words["postgres:".Length..]);
        connection.Password = "hush";
        string password = await StoreSettingsTests.RefusedAsync($"postgres:{connection}");
        connection.Password = PostgresServer.Password;
        connection.Database = "none";
        string database = await StoreSettingsTests.RefusedAsync($"postgres:{connection}");

        Assert.Contains("password authentication failed", password, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", password, StringComparison.Ordinal);
        Assert.Contains("\"none\" does not exist", database, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, database, StringComparison.Ordinal);
    }
}
