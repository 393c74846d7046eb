using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Nudge.Store;

/// <summary>Where slices are kept: <c>sqlite:PATH</c> or <c>postgres:CONNECTION STRING</c>.</summary>
public sealed record StoreSettings
{
    private const string SqlitePrefix = "sqlite:";
    private const string PostgresPrefix = "postgres:";
    private const int TimeoutSeconds = 60;
    private readonly string _shown;

    private StoreSettings(StoreKind kind, string shown, DbConnectionStringBuilder connection)
    {
        Kind = kind;
        _shown = shown;
        ConnectionString = connection.ConnectionString;
    }

    /// <summary>
    /// The place to which parts of snapshots go, shared by all nodes: a folder, or <c>s3://BUCKET/PREFIX</c>; null for the tables of the
    /// store.
    /// </summary>
    public string? Files { get; init; }

    /// <summary>What is wrong with a text as a place for files, or null.</summary>
    /// <param name="place">The text.</param>
    public static string? ErrorOfFiles(string place) => FilesLocation.ErrorOf(place);

    /// <summary>The same store with the place that was given for files, or else with a folder beside a file of SQLite.</summary>
    /// <param name="place">A folder, or <c>s3://BUCKET/PREFIX</c>; null where none was given.</param>
    public StoreSettings WithFiles(string? place)
    {
        string? beside = Kind == StoreKind.Sqlite ? $"{new SqliteConnectionStringBuilder(ConnectionString).DataSource}.files" : null;
        return this with { Files = place is null ? beside : FilesLocation.Absolute(place) };
    }

    internal StoreKind Kind { get; }

    /// <summary>For the driver; may hold a password.</summary>
    internal string ConnectionString { get; }

    /// <summary>Akka's settings by which an actor system has this store; without them it has none.</summary>
    internal Config Configuration => StoreConfiguration.Create(this);

    /// <summary>Reads the text by which a user names a store.</summary>
    /// <param name="text">The text.</param>
    /// <param name="settings">The store, if it names one.</param>
    /// <param name="error">What is wrong with it otherwise, without any secret in it.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out StoreSettings? settings,
        [NotNullWhen(false)] out string? error)
    {
        (settings, error) = text switch
        {
            _ when text?.StartsWith(SqlitePrefix, StringComparison.Ordinal) == true =>
                Sqlite(text[SqlitePrefix.Length..]),
            _ when text?.StartsWith(PostgresPrefix, StringComparison.Ordinal) == true =>
                Postgres(text[PostgresPrefix.Length..]),
            _ => Wrong("a store is sqlite:PATH or postgres:CONNECTION STRING"),
        };
        return settings is not null;
    }

    /// <summary>The path, or the host and database; never a secret.</summary>
    public override string ToString() => _shown;

    private static (StoreSettings? Settings, string? Error) Sqlite(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            return Wrong("sqlite: the path of a file is missing");
        // Every node reads the same text, perhaps from another folder.
        string full = Path.GetFullPath(path);
        return Right(new(
            StoreKind.Sqlite,
            SqlitePrefix + full,
            new SqliteConnectionStringBuilder { DataSource = full, DefaultTimeout = TimeoutSeconds }));
    }

    private static (StoreSettings? Settings, string? Error) Postgres(string text)
    {
        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new(text) { CommandTimeout = TimeoutSeconds };
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            // The driver's own message may quote a piece of the password.
            return Wrong("postgres: not a connection string; one is Host=…;Database=…;Username=…;Password=…");
        }

        if (string.IsNullOrWhiteSpace(connection.Host))
            return Wrong("postgres: the connection string names no Host");
        if (string.IsNullOrWhiteSpace(connection.Database))
            return Wrong("postgres: the connection string names no Database");
        return Right(new(StoreKind.Postgres, $"{PostgresPrefix}{connection.Host}/{connection.Database}", connection));
    }

    private static (StoreSettings? Settings, string? Error) Right(StoreSettings settings) => (settings, null);

    private static (StoreSettings? Settings, string? Error) Wrong(string error) => (null, error);
}

/// <summary>Where slices are kept.</summary>
internal enum StoreKind
{
    /// <summary>A file that the nodes of one machine share.</summary>
    Sqlite,

    /// <summary>A server for the nodes of many machines.</summary>
    Postgres,
}
