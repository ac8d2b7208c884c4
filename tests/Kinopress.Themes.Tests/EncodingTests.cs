using System.Net;
using CsCheck;
using Kinopress.Themes.Tests.Support;

namespace Kinopress.Themes.Tests;

public sealed class EncodingTests
{
    public static TheoryData<string> Attacks { get; } =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title><script>alert(1)</script>",
        "<!--",
        "]]>",
        "{{ 1 }}",
        "&lt;script&gt;",
        "\u0000<b>",
        "＜script＞<",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Text_cannot_become_markup(string attack)
    {
        var html = SmallTheme.Print("<p>{{ x }}</p>", ("x", attack));

        var inner = html["<p>".Length..^"</p>".Length];
        Assert.DoesNotContain('<', inner);
        Assert.Equal(attack.Replace('\u0000', '\uFFFD'), WebUtility.HtmlDecode(inner).Replace('\u0000', '\uFFFD'));
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Text_cannot_leave_a_quoted_attribute(string attack)
    {
        var html = SmallTheme.Print("<p title=\"{{ x }}\" id='{{ x }}'>", ("x", attack));

        Assert.Equal(2, html.Count(c => c == '"'));
        Assert.Equal(2, html.Count(c => c == '\''));
        Assert.Equal(1, html.Count(c => c == '<'));
        Assert.Equal(1, html.Count(c => c == '>'));
    }

    [Fact]
    public void Text_cannot_leave_an_attribute_without_quotes()
    {
        var html = SmallTheme.Print("<p title={{ x }}>", ("x", "a onclick=alert(1) b"));

        Assert.Equal("<p title=a&#32;onclick&#61;alert(1)&#32;b>", html);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData(" JaVaScRiPt:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:msgbox(1)")]
    [InlineData("blob:x")]
    public void An_address_that_runs_code_is_refused_with_and_without_the_url_function(string address)
    {
        Assert.Equal("#", SmallTheme.Print("{{ url x }}", ("x", address)));
        Assert.Equal("<a href=\"#\">", SmallTheme.Print("<a href=\"{{ x }}\">", ("x", address)));
        Assert.Equal("<a HREF = '#'>", SmallTheme.Print("<a HREF = '{{ x }}'>", ("x", address)));
        Assert.Equal("<img src=#>", SmallTheme.Print("<img src={{ x }}>", ("x", address)));
    }

    [Theory]
    [InlineData("/watch/abc?t=1#x")]
    [InlineData("https://example.org/a:b")]
    [InlineData("mailto:me@example.org")]
    [InlineData("?after=a:b")]
    [InlineData("")]
    public void An_ordinary_address_is_kept(string address)
    {
        Assert.Equal(address, WebUtility.HtmlDecode(SmallTheme.Print("{{ url x }}", ("x", address))));
    }

    [Fact]
    public void Trusted_markup_passes_and_what_is_made_from_it_does_not()
    {
        var trusted = SafeHtml.FromTrusted("<b>x</b>");

        Assert.Equal("<b>x</b>", SmallTheme.Print("{{ x }}", ("x", trusted)));
        Assert.Equal("&lt;b&gt;x&lt;/b&gt;!", SmallTheme.Print("{{ x + '!' }}", ("x", trusted)));
        Assert.Equal("&lt;B&gt;X&lt;/B&gt;", SmallTheme.Print("{{ x | string.upcase }}", ("x", trusted)));
    }

    [Fact]
    public void A_partial_and_its_arguments_are_encoded_once()
    {
        Assert.Equal("[core card a &lt; b]", SmallTheme.Print("{{ partial 'card' {title: x} }}", ("x", "a < b")));
    }

    [Fact]
    public void Linkify_links_addresses_and_encodes_all_else()
    {
        var html = SmallTheme.Print("{{ linkify x }}", ("x", "See https://example.org/a?b=1&c=2.\n<b> javascript:alert(1) http://\"onclick=x"));

        Assert.Equal(
            "See <a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"nofollow ugc noopener\">https://example.org/a?b=1&amp;c=2</a>.<br>\n"
            + "&lt;b&gt; javascript:alert(1) http://&quot;onclick=x",
            html);
    }

    [Theory]
    [InlineData("0:05 Mist", "<a href=\"?t=5\" data-seek=\"5\">0:05</a> Mist")]
    [InlineData("at 1:02:03.", "at <a href=\"?t=3723\" data-seek=\"3723\">1:02:03</a>.")]
    [InlineData("(90:00)", "(<a href=\"?t=5400\" data-seek=\"5400\">90:00</a>)")]
    [InlineData("2:00:01 is past its end", "2:00:01 is past its end")]
    [InlineData("1:60 10:5 1:2:3 a1:30 1:30b 1.1:30 1:30.5 1:00:00:00", "1:60 10:5 1:2:3 a1:30 1:30b 1.1:30 1:30.5 1:00:00:00")]
    [InlineData("https://example.org/1:30", "<a href=\"https://example.org/1:30\" rel=\"nofollow ugc noopener\">https://example.org/1:30</a>")]
    public void Linkify_links_times_within_the_video(string text, string html)
    {
        Assert.Equal(html, SmallTheme.Print("{{ linkify x 7200000 }}", ("x", text)));
    }

    [Fact]
    public void Json_cannot_end_its_script_element()
    {
        var html = SmallTheme.Print("{{ json {\"@type\": \"X\", name: x, none: null, list: [1, true]} }}", ("x", "</script><script>"));

        Assert.Equal("{\"@type\":\"X\",\"name\":\"\\u003C/script\\u003E\\u003Cscript\\u003E\",\"list\":[1,true]}", html);
    }

    [Fact]
    public void No_string_in_a_drop_opens_a_tag_or_leaves_its_attribute()
    {
        Gen.String.Sample(text =>
        {
            var html = SmallTheme.Print(
                "<a href=\"{{ x }}\" title='{{ x }}' class={{ x }}>{{ x }}</a>{{ linkify x }}{{ excerpt x 20 }}{{ t 'hello' {name: x} }}", ("x", text));
            var withoutLineBreaks = html.Replace("<br>", string.Empty, StringComparison.Ordinal);
            Assert.Equal(2, withoutLineBreaks.Count(c => c == '<'));
            Assert.Equal(2, html.Count(c => c == '"'));
            Assert.Equal(2, html.Count(c => c == '\''));
        }, iter: 2_000);
    }

    [Fact]
    public void No_string_in_a_drop_makes_a_core_page_grow_an_element()
    {
        var expected = CountTags("plain");
        Gen.String[0, 60].Where(text => !text.Contains("http", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(text))
            .Sample(text => Assert.Equal(expected, CountTags(text)), iter: 200);
    }

    private static int CountTags(string text)
    {
        var video = SampleSite.Video(title: text, description: "fixed");
        video["category"] = text;
        video["licence"] = text;
        return CoreTheme.Engine.Render("watch", SampleSite.Watch(video, [SampleSite.Card(1, text)]), CancellationToken.None).Html.Count(c => c == '<');
    }
}
