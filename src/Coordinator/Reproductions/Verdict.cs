namespace Nudge.Reproductions;

/// <summary>What the numbers imply for a statement.</summary>
public enum Judgement
{
    /// <summary>They support it: the whole confidence interval lies on its side.</summary>
    Holds,

    /// <summary>They contradict it: the whole interval lies on the other side.</summary>
    DoesNotHold,

    /// <summary>They allow both.</summary>
    Undecided,
}

/// <summary>A judgement with its reasons.</summary>
/// <param name="Judgement">What the numbers imply.</param>
/// <param name="Numbers">The numbers, for people.</param>
public sealed record Finding(Judgement Judgement, string Numbers)
{
    /// <summary>The judgement in words.</summary>
    public string Word => Judgement switch
    {
        Judgement.Holds => "holds",
        Judgement.DoesNotHold => "does not hold",
        _ => "undecided",
    };
}

/// <summary>A statement about arms that is judged by the results. <see cref="Claims"/> makes the usual ones.</summary>
/// <param name="Statement">The statement, in words.</param>
/// <param name="Judge">Judges it.</param>
public sealed record Verdict(string Statement, Func<Evidence, Finding> Judge);
