using CsCheck;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Tests;

public sealed class NameTests
{
    [Fact]
    public void A_cursor_survives_the_journey() => Gen.Select(Gen.DateTimeOffset, Gen.Guid).Sample((moment, id) =>
    {
        var cursor = new Cursor(moment.ToUniversalTime(), id);

        Assert.Equal(cursor, Cursor.Parse(cursor.ToString()));
        Assert.Equal(32, cursor.ToString().Length);
    });

    [Fact]
    public void Any_other_text_is_no_cursor_and_never_throws() => Gen.String.Sample(text =>
    {
        var parsed = Cursor.Parse(text);
        Assert.True(parsed is null || text.Length == 32);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("!!!")]
    [InlineData("________________________________")]
    public void A_cursor_that_is_none_is_null(string? text) => Assert.Null(Cursor.Parse(text));

    [Fact]
    public void Public_ids_are_well_formed_and_new()
    {
        var made = Enumerable.Range(0, 10_000).Select(_ => PublicId.New()).ToList();

        Assert.All(made, id => Assert.True(PublicId.IsWellFormed(id), id));
        Assert.Equal(made.Count, made.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1111111111")]
    [InlineData("111111111111")]
    [InlineData("1111111111O")]
    [InlineData("1111111111l")]
    [InlineData("1111111111\0")]
    [InlineData("../../../..")]
    public void Other_names_are_not(string? text) => Assert.False(PublicId.IsWellFormed(text));
}
