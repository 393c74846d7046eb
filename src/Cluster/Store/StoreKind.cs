namespace Nudge.Store;

/// <summary>Where slices are kept.</summary>
internal enum StoreKind
{
    /// <summary>A file that the nodes of one machine share.</summary>
    Sqlite,

    /// <summary>A server for the nodes of many machines.</summary>
    Postgres,
}
