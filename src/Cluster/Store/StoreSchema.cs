namespace Nudge.Store;

/// <summary>
/// The journal's table: the columns that Akka.Persistence.Sql expects, one row to a place in a slice's journal, and a
/// trigger. Old rows are deleted, and an incarnation that was suspended meanwhile would find the place that it wants
/// to write free again; so nothing is written before the newest row of a slice, which is never deleted.
/// </summary>
internal static class StoreSchema
{
    internal const string Table = "nudge_journal";

    internal const string Sqlite = $"""
        CREATE TABLE IF NOT EXISTS {Table} (
            ordering INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            deleted BIT NOT NULL,
            persistence_id NVARCHAR(255) NOT NULL,
            sequence_number BIGINT NOT NULL,
            created BIGINT NOT NULL,
            tags NVARCHAR(100) NULL,
            message BLOB NOT NULL,
            identifier INT NULL,
            manifest NVARCHAR(500) NULL,
            writer_uuid NVARCHAR(128) NULL
        );
        CREATE UNIQUE INDEX IF NOT EXISTS {Table}_place ON {Table} (persistence_id, sequence_number);
        CREATE TRIGGER IF NOT EXISTS {Table}_fence AFTER INSERT ON {Table}
        WHEN EXISTS (
            SELECT 1 FROM {Table}
            WHERE persistence_id = NEW.persistence_id AND sequence_number > NEW.sequence_number)
        BEGIN
            SELECT RAISE(ABORT, 'a newer life has written');
        END;
        """;

    // After the insertion, so that the look is taken when no other transaction can write this place any more.
    internal const string Postgres = $"""
        CREATE TABLE IF NOT EXISTS {Table} (
            ordering BIGSERIAL PRIMARY KEY,
            deleted BOOLEAN NOT NULL,
            persistence_id VARCHAR(255) NOT NULL,
            sequence_number BIGINT NOT NULL,
            created BIGINT NOT NULL,
            tags VARCHAR(100) NULL,
            message BYTEA NOT NULL,
            identifier INT NULL,
            manifest VARCHAR(500) NULL,
            writer_uuid VARCHAR(128) NULL
        );
        CREATE UNIQUE INDEX IF NOT EXISTS {Table}_place ON {Table} (persistence_id, sequence_number);
        CREATE OR REPLACE FUNCTION {Table}_fence() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF EXISTS (
                SELECT 1 FROM {Table}
                WHERE persistence_id = NEW.persistence_id AND sequence_number > NEW.sequence_number)
            THEN
                RAISE EXCEPTION 'a newer life has written' USING ERRCODE = 'unique_violation';
            END IF;
            RETURN NULL;
        END;
        $body$;
        DO $body$
        BEGIN
            IF NOT EXISTS (
                SELECT 1 FROM pg_trigger WHERE tgrelid = '{Table}'::regclass AND tgname = '{Table}_fence')
            THEN
                CREATE TRIGGER {Table}_fence AFTER INSERT ON {Table}
                FOR EACH ROW EXECUTE FUNCTION {Table}_fence();
            END IF;
        END;
        $body$;
        """;
}
