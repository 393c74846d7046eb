using Nudge.Recording;

namespace Nudge.Coordinator.Tests.Recording;

public sealed class DataSummaryTests
{
    private const string Rest = """ "set":"idx","path":null,"inputs":4,"classes":3,"train":{"examples":1,"hashed":1,"sha256":"a"},"test":{"examples":1,"hashed":1,"sha256":"b"}""";

    [Theory]
    [InlineData("[1,7,-26]", "1|7|-26")]
    [InlineData("""["ant","01","1.0"]""", "ant|01|1.0")]
    [InlineData("""["ant",2]""", "ant|2")]
    public void Labels_are_numbers_where_they_are_whole_and_texts_elsewhere_and_are_read_back(string json, string expected)
    {
        DataSummary summary = DataSummary.TryParse($$"""{"labels":{{json}},{{Rest}}}""")!;

        Assert.Equal(expected, string.Join('|', summary.Labels!));
        Assert.Contains($"\"labels\":{json}", summary.ToLine(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_labels_are_null() => Assert.Null(DataSummary.TryParse($$"""{"labels":null,{{Rest}}}""")!.Labels);

    [Theory]
    [InlineData("5")]
    [InlineData("[1.5]")]
    [InlineData("[[1]]")]
    public void What_is_no_list_of_labels_is_no_summary(string json) => Assert.Null(DataSummary.TryParse($$"""{"labels":{{json}},{{Rest}}}"""));
}
