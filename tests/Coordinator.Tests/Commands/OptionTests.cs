using System.CommandLine;
using Nudge.Commands;

namespace Nudge.Coordinator.Tests.Commands;

public sealed class OptionTests
{
    private static readonly Type[] Texts = [typeof(string), typeof(string[]), typeof(bool), typeof(void)];

    public static TheoryData<string> Numbers => [.. Options(option => !Texts.Contains(option.ValueType))];

    public static TheoryData<string> Valued =>
        [.. Options(option => option.ValueType != typeof(bool) && option.ValueType != typeof(void))];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void What_is_no_number_is_refused_in_plain_words(string option)
    {
        // What a sweep lacks otherwise is reported first.
        string error = ErrorOf(option.Replace("sweep ", "sweep xor ", StringComparison.Ordinal), "-1x");
        Assert.Contains("found -1x; expected ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Valued))]
    public void An_option_is_no_value_of_another_and_nothing_is_none(string option)
    {
        Assert.Contains("found --json, which looks like an option", ErrorOf(option, "--json"), StringComparison.Ordinal);
        Assert.Contains("found nothing; expected a value", ErrorOf(option, ""), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Valued))]
    public void An_option_without_its_value_is_an_error_and_a_shell_may_ask_what_it_takes(string option)
    {
        Assert.Contains(
            CommandLine.Parse(option.Split(' ')).Errors, error => error.Message.Contains(option.Split(' ')[^1], StringComparison.Ordinal));
        // What a shell asks of a line that ends behind the option; most options have nothing to offer.
        _ = CommandLine.Parse([.. option.Split(' '), ""]).GetCompletions().ToArray();
    }

    [Fact]
    public void A_shell_is_offered_the_engines()
    {
        string line = "nudge run digits --engine ";
        var output = new StringWriter();
        Assert.Equal(0, CommandLine.Parse([$"[suggest:{line.Length}]", line]).Invoke(new() { Output = output }));
        Assert.Equal(["actors", "cluster", "virtual"], output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("18446744073709551616")]
    public void A_seed_that_is_out_of_range_is_refused_with_the_range(string seed) => Assert.Equal(
        $"--seed: found {seed}; expected a whole number, 0 to 18446744073709551615", ErrorOf("run --seed", seed));

    [Fact]
    public void An_argument_that_begins_with_an_at_sign_is_no_file_of_arguments()
    {
        ParseResult parsed = CommandLine.Parse(["run", "@xor", "--data", "@mnist"]);
        Assert.Empty(parsed.Errors);
        Assert.Equal(["run", "@xor", "--data", "@mnist"], parsed.Tokens.Select(token => token.Value));
    }

    private static string ErrorOf(string option, string value) =>
        string.Join('\n', CommandLine.Errors(CommandLine.Parse([.. option.Split(' '), value])));

    private static IEnumerable<string> Options(Func<Option, bool> wanted) => Options(CommandLine.Create(), "", wanted);

    private static IEnumerable<string> Options(Command command, string path, Func<Option, bool> wanted) =>
    [
        .. command.Options.Where(wanted).Select(option => $"{path} {option.Name}".Trim()),
        .. command.Subcommands.SelectMany(below => Options(below, $"{path} {below.Name}", wanted)),
    ];
}
