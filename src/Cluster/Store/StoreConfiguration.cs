using System.Globalization;
using System.Text;
using Akka.Configuration;

namespace Nudge.Store;

/// <summary>Akka's settings for the journal.</summary>
internal static class StoreConfiguration
{
    internal static Config Create(StoreSettings store) => ConfigurationFactory.ParseString($$"""
        nudge-store {
            type = ForkJoinDispatcher
            throughput = 1
            # SQLite's driver blocks while it writes and waits: the node's own threads must not.
            dedicated-thread-pool {
                thread-count = 4
                threadtype = background
            }
        }
        akka.persistence {
            # Each slice that recovers holds its whole state.
            max-concurrent-recoveries = 4
            # The usual one makes a folder wherever the process was started.
            snapshot-store.plugin = "akka.persistence.no-snapshot-store"
            journal {
                plugin = "akka.persistence.journal.sql"
                sql {
                    class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                    plugin-id = "akka.persistence.journal.sql"
                    plugin-dispatcher = nudge-store
                    materializer-dispatcher = nudge-store
                    connection-string = {{Quoted(store.ConnectionString)}}
                    provider-name = "{{ProviderName(store.Kind)}}"
                    # Tables are made when the store is opened, with more than the plugin knows of.
                    auto-initialize = off
                    tag-write-mode = Csv
                    # A batch is one transaction: a fenced incarnation would make its neighbours' writes fail too.
                    batch-size = 1
                    replay-batch-size = 1
                    parallelism = {{(store.Kind == StoreKind.Sqlite ? 1 : 3)}}
                    # Reading must not wait for who writes.
                    read-isolation-level = {{(store.Kind == StoreKind.Sqlite ? "read-uncommitted" : "read-committed")}}
                    default.journal.table-name = "{{StoreSchema.Table}}"
                    recovery-event-timeout = 90s
                    # It takes a slice that comes back to a node for an old writer, and would discard what that
                    # incarnation kept. Old writers are kept out by the table itself.
                    replay-filter.mode = off
                    circuit-breaker {
                        # Fenced incarnations count as failures here, but do not mean that the store failed.
                        max-failures = 1000
                        call-timeout = 90s
                        reset-timeout = 1s
                    }
                }
            }
        }
        """);

    private static string ProviderName(StoreKind kind) => kind == StoreKind.Sqlite ? "SQLite.MS" : "PostgreSQL.9.5";

    // A password may hold anything.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char letter in text)
        {
            if (char.IsAsciiLetterOrDigit(letter))
                quoted.Append(letter);
            else
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        }

        return quoted.Append('"').ToString();
    }
}
