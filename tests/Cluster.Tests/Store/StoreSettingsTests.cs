using System.Net;
using System.Net.Sockets;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;
using Nudge.Store;
using Nudge.Testing;

namespace Nudge.Cluster.Tests.Store;

public sealed class StoreSettingsTests
{
    private const string Secret = "hush;'\"\\ ${x}=#\t€";

    private static string Words { get; } = "postgres:" + new NpgsqlConnectionStringBuilder
    {
        Host = "db.example",
        Database = "nudge",
        Username = "me",
        Password = Secret,
    }.ConnectionString;

    [Theory]
    [InlineData("", "sqlite:PATH or postgres:CONNECTION STRING")]
    [InlineData("mysql:Host=a", "sqlite:PATH or postgres:CONNECTION STRING")]
    [InlineData("slices.db", "sqlite:PATH or postgres:CONNECTION STRING")]
    [InlineData("sqlite:", "the path of a file is missing")]
    [InlineData("sqlite: ", "the path of a file is missing")]
    [InlineData("postgres:", "names no Host")]
    [InlineData("postgres:Host=a;Password=hush", "names no Database")]
    [InlineData("postgres:Host=a;Database=b;Password=x;hush", "not a connection string")]
    [InlineData("postgres:Host=a;Database=b;Password=x;hush=1", "not a connection string")]
    [InlineData("postgres:Host=a;Database=b;Port=hush", "not a connection string")]
    public void What_names_no_store_is_refused_in_words_without_secrets(string words, string expected)
    {
        Assert.False(StoreSettings.TryParse(words, out _, out string? error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_shows_where_it_is_and_no_secret()
    {
        Assert.Equal("postgres:db.example/nudge", Stores.Parse(Words).ToString());
        Assert.Equal("sqlite:/a/b c.db", Stores.Parse("sqlite:/a/b c.db").ToString());
        Assert.Equal($"sqlite:{Path.GetFullPath("b.db")}", $"{Stores.Parse("sqlite:b.db")}");
    }

    [Fact]
    public void Passwords_and_paths_reach_the_driver_whatever_they_hold()
    {
        Config postgres = Stores.Parse(Words).Configuration.GetConfig("akka.persistence.journal.sql");
        Assert.Equal(Secret, new NpgsqlConnectionStringBuilder(postgres.GetString("connection-string")).Password);
        const string Place = "/a/b;c=\"d\" ${e}.db";
        Config sqlite = Stores.Parse($"sqlite:{Place}").Configuration.GetConfig("akka.persistence.journal.sql");
        Assert.Equal(Place, new SqliteConnectionStringBuilder(sqlite.GetString("connection-string")).DataSource);
    }

    [Fact]
    public async Task Opening_makes_a_file_that_survives_kills_and_may_be_done_by_many_at_once()
    {
        using var directory = new TemporaryDirectory();
        StoreSettings store = Stores.Parse($"sqlite:{directory.File("s.db")}");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SliceStore.OpenAsync(store))));

        var rows = new JournalRows(store);
        Assert.Equal("wal", await rows.RunAsync("PRAGMA journal_mode"));
        // FULL: what is reported as kept survives a power cut too.
        Assert.Equal(2L, await rows.RunAsync("PRAGMA synchronous"));
        Assert.Equal(0, await rows.CountAsync());
    }

    [Fact]
    public async Task A_file_that_cannot_be_a_store_is_refused()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.File("s.db");
        await File.WriteAllTextAsync(file, "these are notes, and no database of any kind whatsoever");

        string missing = await RefusedAsync($"sqlite:{directory.File("none/s.db")}");
        string other = await RefusedAsync($"sqlite:{file}");

        Assert.Contains("does its folder exist", missing, StringComparison.Ordinal);
        Assert.Contains("not a database", other, StringComparison.Ordinal);
        Assert.Contains(file, other, StringComparison.Ordinal);
        Assert.StartsWith("these are notes", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_refused()
    {
        string error = await RefusedAsync($"postgres:Host=127.0.0.1;Port=1;Database=b;Username=me;Password=hush");
        Assert.Contains("postgres:127.0.0.1/b: the store cannot be opened", error, StringComparison.Ordinal);
        Assert.Contains("Connection refused; is the server up?", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_refused_in_words()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        int port = ((IPEndPoint)silent.LocalEndpoint).Port;
        string error = await RefusedAsync($"postgres:Host=127.0.0.1;Port={port};Database=b;Username=me;Password=hush;Timeout=1");
        Assert.Contains("the server does not answer; is it a PostgreSQL, and is it up?", error, StringComparison.Ordinal);
    }

    internal static async Task<string> RefusedAsync(string words) => (await Assert.ThrowsAsync<StoreException>(
        () => SliceStore.OpenAsync(Stores.Parse(words)))).Message;
}
