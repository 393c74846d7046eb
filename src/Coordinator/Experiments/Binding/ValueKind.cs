using Nudge.Topology;

namespace Nudge.Experiments.Binding;

/// <summary>How a type is written in a file.</summary>
internal enum ValueKind
{
    /// <summary>One value.</summary>
    Scalar,

    /// <summary>A map with the keys of a record.</summary>
    Record,

    /// <summary>A name by itself, or a map with a key that chooses among several records.</summary>
    Defined,

    /// <summary>A map with names of the user's own.</summary>
    Named,

    /// <summary>A list of records; an item that is one value gives the first key of its record.</summary>
    List,

    /// <summary>A word, or <c>{slice: n}</c> or <c>{channels: n}</c>.</summary>
    Granularity,

    /// <summary>A word, or a record with a law.</summary>
    Schedule,
}

/// <summary>Decides how a type is written. Binder, explainer and schema all use this, so that they agree.</summary>
internal static class ValueKinds
{
    /// <summary>How values of a type are written.</summary>
    internal static ValueKind Of(Type type) =>
        type == typeof(GranularitySettings) ? ValueKind.Granularity :
        type == typeof(RateSchedule) ? ValueKind.Schedule :
        DefinitionScope.IsFamily(type) ? ValueKind.Defined :
        type == typeof(string) || type.IsValueType ? ValueKind.Scalar :
        type.IsGenericType && type.GetGenericArguments().Length == 1 ? ValueKind.List :
        type.IsGenericType ? ValueKind.Named : ValueKind.Record;

    /// <summary>The type of the values in a map of the user's own names, or in a list.</summary>
    internal static Type ElementOf(Type type) => type.GetGenericArguments()[^1];
}
