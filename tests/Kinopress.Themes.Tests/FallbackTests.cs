using Kinopress.Themes.Tests.Support;

namespace Kinopress.Themes.Tests;

public sealed class FallbackTests
{
    [Fact]
    public void A_file_the_theme_lacks_comes_from_the_layer_below()
    {
        var engine = SmallTheme.Engine(new Dictionary<string, string> { ["partials/card.html"] = "[mine {{ title }}]" }, SmallTheme.Core);

        var page = engine.Render("home", new ThemeContext { Drops = new Dictionary<string, object?> { ["title"] = "x" } }, CancellationToken.None);

        Assert.Equal("<main>core home [mine x]</main>", page.Html);
        Assert.Empty(page.Problems);
    }

    [Theory]
    [InlineData("{{ if }}", 1)]
    [InlineData("\n{{ array.size 5 }}", 2)]
    [InlineData("\n\n{{ partial 'nothing' }}", 3)]
    [InlineData("\n{{ nothing_here 1 }}", 2)]
    [InlineData("{{ icon '../x' }}", 1)]
    public void A_broken_file_falls_back_and_its_owner_is_told_where(string broken, int line)
    {
        var told = new List<ThemeProblem>();
        var engine = new ThemeEngine(
            [ThemeLayer.FromFiles("mine", new Dictionary<string, string> { ["partials/card.html"] = broken }), ThemeLayer.FromFiles("core", SmallTheme.Core)],
            SmallTheme.Options(onProblem: told.Add));

        var page = engine.Render("home", SmallTheme.Context(("title", "x")), CancellationToken.None);

        Assert.Equal("core home [core card x]", page.Html);
        var problem = Assert.Single(page.Problems);
        Assert.Equal(("mine", "partials/card.html", line), (problem.Layer, problem.Path, problem.Line));
        Assert.Equal(problem, Assert.Single(told));
    }

    [Fact]
    public void A_theme_whose_every_file_is_broken_still_leaves_the_core_page()
    {
        var mine = Enumerable.Range(0, 20).ToDictionary(n => $"partials/p{n}.html", _ => "{{ array.size 5 }}");
        var core = Enumerable.Range(0, 20).ToDictionary(n => $"partials/p{n}.html", n => $"{n} ");
        core["templates/home.html"] = string.Concat(Enumerable.Range(0, 20).Select(n => $"{{{{ partial 'p{n}' }}}}"));

        var page = SmallTheme.Engine(mine, core).Render("home", SmallTheme.Context(), CancellationToken.None);

        Assert.Equal(string.Concat(Enumerable.Range(0, 20).Select(n => $"{n} ")), page.Html);
    }

    [Fact]
    public void A_page_that_hands_wrong_values_to_a_core_partial_is_the_one_at_fault()
    {
        var engine = SmallTheme.Engine(
            new Dictionary<string, string> { ["templates/home.html"] = "{{ partial 'count' {n: 'many'} }}" },
            new Dictionary<string, string>(SmallTheme.Core) { ["partials/count.html"] = "{{ array.size n }}" });

        var page = engine.Render("home", SmallTheme.Context(("title", "x")), CancellationToken.None);

        Assert.Equal("core home [core card x]", page.Html);
        Assert.Equal("templates/home.html", Assert.Single(page.Problems).Path);
    }

    [Fact]
    public void When_the_core_fails_too_the_render_fails()
    {
        var engine = SmallTheme.Engine(new Dictionary<string, string> { ["templates/home.html"] = "{{ array.size 5 }}" });

        var exception = Assert.Throws<ThemeRenderException>(() => engine.Render("home", SmallTheme.Context(), CancellationToken.None));

        Assert.Single(exception.Problems);
        Assert.Throws<ThemeRenderException>(() => engine.Render("nothing", SmallTheme.Context(), CancellationToken.None));
    }

    [Fact]
    public void Changed_files_show_after_invalidation()
    {
        var folder = Directory.CreateTempSubdirectory("kinopress-theme").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "templates"));
        var file = Path.Combine(folder, "templates/home.html");
        File.WriteAllText(file, "one");
        var engine = new ThemeEngine([ThemeLayer.FromDirectory("disk", folder)], SmallTheme.Options());
        string Render() => engine.Render("home", SmallTheme.Context(), CancellationToken.None).Html;

        Assert.Equal("one", Render());
        File.WriteAllText(file, "two");
        Assert.Equal("one", Render());
        engine.Invalidate();
        Assert.Equal("two", Render());

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_folder_never_gives_what_lies_outside_it()
    {
        var outside = Directory.CreateTempSubdirectory("kinopress-outside").FullName;
        var folder = Directory.CreateDirectory(Path.Combine(outside, "theme")).FullName;
        File.WriteAllText(Path.Combine(outside, "secret.txt"), "secret");
        File.WriteAllText(Path.Combine(folder, "open.txt"), "open");
        File.CreateSymbolicLink(Path.Combine(folder, "link.txt"), Path.Combine(outside, "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "linked"), outside);
        var layer = ThemeLayer.FromDirectory("disk", folder);

        Assert.True(layer.TryRead("open.txt", out _));
        Assert.All(
            ["../secret.txt", "a/../../secret.txt", "link.txt", "linked/secret.txt", "/etc/passwd", "", ".", "open.txt/", "..\\secret.txt", "open.txt\0"],
            path => Assert.False(layer.TryRead(path, out _), path));
        Assert.Equal(["open.txt"], layer.Paths);

        Directory.Delete(outside, recursive: true);
    }
}
