using Kinopress.Themes.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Themes.Tests;

public sealed class SandboxTests
{
    public static TheoryData<string> Gluttons { get; } =
    [
        "{{ while true }}x{{ end }}",
        "{{ for i in 1..100000000 }}x{{ end }}",
        "{{ for i in 1..4000 }}{{ for j in 1..4000 }}x{{ end }}{{ end }}",
        "{{ x = 'aaaaaaaaaa' }}{{ for i in 1..100 }}{{ x = x + x }}{{ end }}",
        "{{ x = 9999999999 }}{{ for i in 1..100 }}{{ x = x * x }}{{ end }}",
        "{{ 'a' * 2000000000 }}",
        "{{ x = 'a' * 100000 }}{{ for i in 1..100 }}{{ x }}{{ end }}",
        "{{ x = 'a' * 200000 }}{{ capture y }}{{ for i in 1..4000 }}{{ x }}{{ end }}{{ end }}",
        "{{ capture y }}{{ for i in 1..4000 }}" + new string('a', 100_000) + "{{ end }}{{ end }}",
        "{{ for i in 1..4000 }}" + new string('a', 100_000) + "{{ end }}",
        "{{ for i in 1..4000 }}{{ x = partial 'large' }}{{ end }}",
        "{{ func f }}{{ f }}{{ end }}{{ f }}",
        "{{ partial 'self' }}",
        "{{ 1 << 2000000000 }}",
        "{{ array.join (1..100000000) ',' }}",
        "{{ array.size (1..100000000) }}",
        "{{ (1..2000000000) | array.reverse }}",
        "{{ x = [1] }}{{ x[2000000000] = 1 }}",
        "{{ x = {} }}{{ x.x = x }}{{ json x }}",
        "{{ json (1..100000000) }}",
    ];

    public static TheoryData<string> DeepTemplates { get; } =
    [
        string.Concat(Enumerable.Repeat("{{if 1}}", 20_000)),
        "{{ " + new string('(', 50_000) + " }}",
        "{{ " + new string('[', 50_000) + " }}",
        "{{ " + string.Concat(Enumerable.Repeat("!", 50_000)) + "x }}",
        "{{ x" + string.Concat(Enumerable.Repeat("+1", 50_000)) + " }}",
        "{{ x" + string.Concat(Enumerable.Repeat(".a", 50_000)) + " }}",
        "{{ x" + string.Concat(Enumerable.Repeat("|url", 30_000)) + " }}",
        "{{ x" + string.Concat(Enumerable.Repeat(" x", 3_000)) + " }}",
        string.Concat(Enumerable.Repeat("{{ if a }}", 60)) + string.Concat(Enumerable.Repeat("{{ end }}", 60)),
        "{{ if a }}" + string.Concat(Enumerable.Repeat("{{ else if b }}", 10_000)) + "{{ end }}",
        string.Concat(Enumerable.Repeat("{{ do\n", 10_000)),
        string.Concat(Enumerable.Repeat("{{ for\tx in y }}", 10_000)),
        "{{ {a:" + string.Concat(Enumerable.Repeat("{a:", 20_000)) + " }}",
        "{{ x = " + string.Concat(Enumerable.Repeat("x = ", 1_500)) + "1 }}",
        "{{ " + string.Concat(Enumerable.Repeat("not ", 1_500)) + "x }}",
        "{{ x" + string.Concat(Enumerable.Repeat(" && x", 1_000)) + " }}",
        "{{ x" + string.Concat(Enumerable.Repeat(" ?? x", 1_000)) + " }}",
        "{{ $\"" + string.Concat(Enumerable.Repeat("{$\\\"", 1_000)) + " }}",
        "{{ '}}' " + string.Concat(Enumerable.Repeat("if 1\n", 20_000)),
        "{%{ }%} " + string.Concat(Enumerable.Repeat("{{if\r1}}", 20_000)),
    ];

    public static TheoryData<string> WaysOut { get; } =
    [
        "{{ x.get_type }}", "{{ x.GetType }}", "{{ at.year }}", "{{ at.utc_now }}", "{{ at.UtcNow }}", "{{ length.ticks }}",
        "{{ object.eval '1+1' }}", "{{ object.eval_template 'x' }}", "{{ date.now }}", "{{ math.random 1 5 }}", "{{ math.uuid }}",
        "{{ regex.match 'a' 'a' }}", "{{ html.strip '<b>' }}", "{{ string.base64_encode 'x' }}", "{{ object.from_json '{}' }}",
        "{{ t.invoke }}", "{{ safe.markup }}", "{{ safe.from_trusted '<b>' }}", "{{ @t }}", "{{ @t.return_type }}",
        "{{ drop.freeze }}", "{{ drop.is_read_only }}", "{{ list.capacity }}", "{{ list.is_read_only }}", "{{ this.x.get_type }}", "{{ builtins }}",
    ];

    [Theory]
    [MemberData(nameof(Gluttons))]
    public void A_template_that_asks_for_too_much_is_stopped(string template)
    {
        var core = new Dictionary<string, string>(SmallTheme.Core) { ["partials/self.html"] = "{{ partial 'self' }}", ["partials/large.html"] = new string('a', 100_000) };
        var engine = SmallTheme.Engine(new Dictionary<string, string> { ["templates/home.html"] = template }, core);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var page = engine.Render("home", SmallTheme.Context(("title", "x")), CancellationToken.None);

        Assert.Equal("core home [core card x]", page.Html);
        Assert.Single(page.Problems);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 400_000_000);
    }

    [Theory]
    [MemberData(nameof(DeepTemplates))]
    public void A_template_nested_without_end_does_not_exhaust_the_stack(string template)
    {
        var engine = SmallTheme.Engine(new Dictionary<string, string> { ["templates/home.html"] = template }, SmallTheme.Core);

        var page = engine.Render("home", SmallTheme.Context(("title", "x")), CancellationToken.None);

        Assert.NotNull(page.Html);
    }

    [Theory]
    [MemberData(nameof(WaysOut))]
    public void Nothing_of_dotnet_can_be_reached(string template)
    {
        var engine = SmallTheme.Engine(new Dictionary<string, string> { ["templates/home.html"] = "<" + template + ">" }, SmallTheme.Core);

        var page = engine.Render(
            "home",
            SmallTheme.Context(
                ("x", "text"), ("title", "x"), ("at", CoreTheme.Now), ("length", TimeSpan.FromMinutes(1)), ("safe", SafeHtml.FromTrusted("<b>")),
                ("drop", new Drop { ["a"] = 1 }), ("list", new[] { "a" })),
            CancellationToken.None);

        Assert.Contains(page.Html, (string[])["<>", "core home [core card x]"]);
    }

    [Theory]
    [InlineData("{{ include 'card' }}")]
    [InlineData("{{ import site }}")]
    [InlineData("{{ include_join ['card'] ',' }}")]
    public void Including_and_importing_are_refused_when_the_file_is_read(string template)
    {
        var engine = SmallTheme.Engine(new Dictionary<string, string> { ["templates/home.html"] = "\n" + template }, SmallTheme.Core);

        var problem = Assert.Single(engine.Render("home", SmallTheme.Context(), CancellationToken.None).Problems);

        Assert.Equal(("layer0", "templates/home.html", 2), (problem.Layer, problem.Path, problem.Line));
        Assert.Contains("not available", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ drop.a = 2 }}{{ drop.a }}")]
    [InlineData("{{ list[0] = 2 }}{{ list[0] }}")]
    [InlineData("{{ string.upcase = 2 }}{{ t = 3 }}{{ drop.a }}")]
    [InlineData("{{ locale.code = 'xx' }}{{ drop.a }}")]
    public void What_a_template_changes_stays_in_its_own_render(string template)
    {
        var drop = new Drop { ["a"] = 1 };
        var engine = SmallTheme.Engine(
            new Dictionary<string, string> { ["templates/home.html"] = template },
            new Dictionary<string, string>(SmallTheme.Core)
            {
                ["templates/home.html"] = "ok",
                ["templates/after.html"] = "{{ drop.a }}{{ list[0] }}{{ 'b' | string.upcase }}{{ t 'hello' {name: 1} }}{{ locale.code }}",
            });
        var context = SmallTheme.Context(("drop", drop), ("list", new[] { "one" }));

        engine.Render("home", context, CancellationToken.None);

        Assert.Equal("1oneBHello 1en", engine.Render("after", context, CancellationToken.None).Html);
    }

    [Fact]
    public void A_partial_cannot_change_its_callers_names()
    {
        var engine = SmallTheme.Engine(new Dictionary<string, string>(SmallTheme.Core)
        {
            ["templates/home.html"] = "{{ title = 'mine' }}{{ partial 'card' {a: 1} }}{{ title }}",
            ["partials/card.html"] = "{{ title = 'changed' }}{{ a }}",
        });

        Assert.Equal("1mine", engine.Render("home", SmallTheme.Context(), CancellationToken.None).Html);
    }

    [Fact]
    public void Nothing_of_one_partial_is_left_for_the_next()
    {
        var engine = SmallTheme.Engine(new Dictionary<string, string>
        {
            ["templates/home.html"] = "{{ partial 'a' {x: 1} }}{{ partial 'b' }}{{ partial 'b' }}{{ for i in 1..2 }}{{ partial 'b' }}{{ end }}",
            ["partials/a.html"] = "{{ $local = 1 }}{{ global = 2 }}a{{ ret }}never",
            ["partials/b.html"] = "[{{ $local }}{{ global }}{{ x }}{{ i }}]{{ ret }}",
        });

        Assert.Equal("a[][][][]", engine.Render("home", SmallTheme.Context(), CancellationToken.None).Html);
    }

    [Fact]
    public void A_page_that_takes_too_long_is_made_without_the_slow_file_and_that_file_rests_for_a_while()
    {
        var clock = new FakeTimeProvider(CoreTheme.Now) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(300) };
        var problems = new List<ThemeProblem>();
        var engine = new ThemeEngine(
            [
                ThemeLayer.FromFiles("slow", new Dictionary<string, string> { ["templates/home.html"] = "{{ for i in 1..2000 }}x{{ end }}" }),
                ThemeLayer.FromFiles("core", SmallTheme.Core),
            ],
            SmallTheme.Options(clock, problems.Add));

        var first = engine.Render("home", SmallTheme.Context(("title", "x")), CancellationToken.None);
        var second = engine.Render("home", SmallTheme.Context(("title", "x")), CancellationToken.None);

        Assert.Equal("core home [core card x]", first.Html);
        Assert.Equal(first.Html, second.Html);
        Assert.Equal(first.Problems, second.Problems);
        Assert.Contains("longer than 1000 ms", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_render_is_cancelled_and_nobody_is_blamed()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var problems = new List<ThemeProblem>();
        var engine = new ThemeEngine(
            [ThemeLayer.FromFiles("core", new Dictionary<string, string> { ["templates/home.html"] = "{{ for i in 1..2000 }}x{{ end }}" })],
            SmallTheme.Options(onProblem: problems.Add));

        Assert.ThrowsAny<OperationCanceledException>(() => engine.Render("home", SmallTheme.Context(), source.Token));
        Assert.Empty(problems);
    }
}
