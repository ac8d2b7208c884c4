using System.Text;
using Kinopress.Themes.Tests.Support;

namespace Kinopress.Themes.Tests;

public sealed class WordTests
{
    private static readonly Dictionary<string, string> Polish = new()
    {
        ["locales/pl.json"] = """{ "views": { "one": "{count} wyświetlenie", "few": "{count} wyświetlenia", "many": "{count} wyświetleń" } }""",
        ["templates/test.html"] = "{{ t 'views' n }}, {{ t 'hello' {name: 'Ola'} }}, {{ t 'missing.key' }}",
    };

    [Theory]
    [InlineData("en", 1, "1 view, Hello Ola, missing.key")]
    [InlineData("en", 0, "0 views, Hello Ola, missing.key")]
    [InlineData("pl", 1, "1 wyświetlenie, Hello Ola, missing.key")]
    [InlineData("pl", 3, "3 wyświetlenia, Hello Ola, missing.key")]
    [InlineData("pl-PL", 12, "12 wyświetleń, Hello Ola, missing.key")]
    [InlineData("pl", 22, "22 wyświetlenia, Hello Ola, missing.key")]
    [InlineData("../../etc", 2, "2 views, Hello Ola, missing.key")]
    public void Words_follow_the_language_and_fall_back_to_english(string locale, int count, string expected)
    {
        var context = new ThemeContext { Layout = null, Locale = locale, Drops = new Dictionary<string, object?> { ["n"] = count } };

        Assert.Equal(expected, SmallTheme.Engine(Polish, SmallTheme.Core).Render("test", context, CancellationToken.None).Html);
    }

    [Theory]
    [InlineData(0, "{{ duration x }}", "0:00")]
    [InlineData(754_000, "{{ duration x }}", "12:34")]
    [InlineData(3_753_999, "{{ duration x }}", "1:02:33")]
    [InlineData(3_753_999, "{{ duration_iso x }}", "PT1H2M33S")]
    [InlineData(950, "{{ compact x }}", "950")]
    [InlineData(1_250, "{{ compact x }}", "1.2K")]
    [InlineData(999_999, "{{ compact x }}", "999K")]
    [InlineData(1_200_000, "{{ compact x }}", "1.2M")]
    [InlineData(1_400_000_000, "{{ bytes x }}", "1.4\u00A0GB")]
    public void Numbers_read_well(long value, string template, string expected)
    {
        Assert.Equal(expected, System.Net.WebUtility.HtmlDecode(SmallTheme.Print(template, ("x", value))));
    }

    [Theory]
    [InlineData(20, "just now")]
    [InlineData(90, "1 minute ago")]
    [InlineData(3 * 3600, "3 hours ago")]
    [InlineData(6 * 86400, "6 days ago")]
    [InlineData(15 * 86400, "2 weeks ago")]
    [InlineData(30 * 86400, "1 month ago")]
    [InlineData(365 * 86400, "1 year ago")]
    [InlineData(-86400, "21 May 2026")]
    public void Ages_read_well(int seconds, string expected)
    {
        var engine = new ThemeEngine(
            [ThemeLayer.FromFiles("test", new Dictionary<string, string> { ["templates/age.html"] = "{{ time_ago x }}" }), CoreTheme.Layer], CoreTheme.Options());

        Assert.Equal(expected, engine.Render("age", SmallTheme.Context(("x", CoreTheme.Now.AddSeconds(-seconds))), CancellationToken.None).Html);
    }

    [Theory]
    [InlineData("one two three", 50, "one two three")]
    [InlineData("one  two\n three four", 11, "one two…")]
    [InlineData("abcdefghijklmnop", 5, "abcde…")]
    public void Excerpts_end_between_words(string text, int limit, string expected)
    {
        Assert.Equal(expected, SmallTheme.Print("{{ excerpt x n }}", ("x", text), ("n", limit)));
    }

    [Fact]
    public void A_manifest_is_read_and_a_wrong_one_says_why()
    {
        var manifest = ThemeManifest.Parse(File.ReadAllBytes(Path.Combine(CoreTheme.Folder, "theme.json")));

        Assert.Equal(("core", 1), (manifest.Id, manifest.EngineLevel));
        Assert.Throws<ThemeManifestException>(() => ThemeManifest.Parse("{}"u8));
        Assert.Throws<ThemeManifestException>(() => ThemeManifest.Parse(Encoding.UTF8.GetBytes("""{"id":"../x","name":"X","version":"1","engine":1}""")));
        Assert.Throws<ThemeManifestException>(() => ThemeManifest.Parse(Encoding.UTF8.GetBytes("""{"id":"x","name":"X","version":"1","engine":99}""")));
    }

    [Fact]
    public void A_drop_refuses_what_a_template_may_not_see()
    {
        Assert.Throws<ArgumentException>(() => new Drop { ["a"] = new Uri("https://example.org") });
        Assert.Throws<ArgumentException>(() => new Drop { ["a"] = new object[] { 1 } });
        Assert.Throws<ArgumentException>(() => new Drop { ["Title"] = "x" });
        Assert.Throws<ArgumentException>(() => SmallTheme.Print("x", ("a", Environment.Version)));
    }
}
