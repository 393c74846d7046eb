namespace Nudge.Wire;

/// <summary>How activity is written on the wire. The numbers are part of the format and never change.</summary>
public enum ValueFormat
{
    /// <summary>float32: four bytes, exact.</summary>
    Exact = 0,

    /// <summary>Two bytes: the range of float32 with eight bits of precision.</summary>
    Bfloat16 = 1,

    /// <summary>Two bytes: eleven bits of precision, up to 65 504.</summary>
    Float16 = 2,
}
