namespace Nudge.Hosting;

/// <summary>A node was asked for more than its budget.</summary>
public sealed class BudgetException : Exception
{
    /// <summary>Makes an exception that names the budget, its limit and what was asked for.</summary>
    /// <param name="option">The option of <c>nudge node</c> that sets the limit, without dashes.</param>
    /// <param name="what">What is limited.</param>
    /// <param name="asked">How much was asked for.</param>
    /// <param name="most">The limit.</param>
    public BudgetException(string option, string what, long asked, long most)
        : base(FormattableString.Invariant($"this node allows {most} {what} (nudge node --{option}); {asked} were asked for"))
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public BudgetException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception without a message.</summary>
    public BudgetException()
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public BudgetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
