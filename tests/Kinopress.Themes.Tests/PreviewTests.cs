using Kinopress.Themes.Tests.Support;

namespace Kinopress.Themes.Tests;

/// <summary>Writes every page with sample data as files, to be looked at: set KINOPRESS_THEME_PREVIEW to a folder.</summary>
public sealed class PreviewTests
{
    [Fact]
    public void Every_page_is_written_for_the_eye()
    {
        var folder = Environment.GetEnvironmentVariable("KINOPRESS_THEME_PREVIEW");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "KINOPRESS_THEME_PREVIEW is not set");

        Copy(Path.Combine(CoreTheme.Folder, "assets"), Path.Combine(folder, "assets/theme"));
        Copy(CoreTheme.PlatformAssets, Path.Combine(folder, "assets/kinopress"));
        foreach (var (name, template, context) in Pages())
        {
            var html = CoreTheme.Engine.Render(template, context, CancellationToken.None).Html;
            File.WriteAllText(Path.Combine(folder, name + ".html"), html);
            File.WriteAllText(Path.Combine(folder, name + "-dark.html"), html.Replace("<html ", "<html data-scheme=\"dark\" ", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string Name, string Template, ThemeContext Context)> Pages()
    {
        var arabic = SampleSite.Cards(8).Select((_, number) => SampleSite.Card(number, SampleSite.ArabicTitle, number != 3)).ToList();
        yield return ("home", "home", SampleSite.Home(SampleSite.Cards(24)));
        yield return ("home-one", "home", SampleSite.Home(SampleSite.Cards(1)));
        yield return ("home-empty", "home", SampleSite.Home([]));
        yield return ("home-empty-owner", "home", SampleSite.Home([], SampleSite.Owner()));
        yield return ("home-arabic", "home", SampleSite.Home(arabic, locale: "ar"));
        yield return ("watch", "watch", SampleSite.Watch(SampleSite.Video(), SampleSite.Cards(9)));
        yield return ("watch-alone", "watch", SampleSite.Watch(SampleSite.Video(new string('W', 200)), []));
        yield return ("watch-owner", "watch", SampleSite.Watch(OwnVideo(), SampleSite.Cards(4), viewer: SampleSite.Owner()));
        yield return ("watch-preparing", "watch", SampleSite.Watch(SampleSite.Video(isPlayable: false), SampleSite.Cards(4)));
        yield return ("watch-refused", "watch", SampleSite.Watch(SampleSite.Video(), SampleSite.Cards(4), SampleSite.Refused()));
        yield return ("lives", "lives", SampleSite.Lives(3, 5));
        yield return ("lives-planned", "lives", SampleSite.Lives(0, 2));
        yield return ("lives-empty", "lives", SampleSite.Lives(0, 0));
        yield return ("lives-empty-owner", "lives", SampleSite.Lives(0, 0, SampleSite.Owner()));
        yield return ("live-waiting", "live", SampleSite.Live("waiting"));
        yield return ("live-on-air", "live", SampleSite.Live("live", "live"));
        yield return ("live-ended", "live", SampleSite.Live("ended", hasReplay: true));
        yield return ("channel", "channel", SampleSite.ChannelPage(SampleSite.Cards(12)));
        yield return ("channel-empty", "channel", SampleSite.ChannelPage([]));
        yield return ("login", "login", SampleSite.Login());
        yield return ("login-error", "login", SampleSite.Login("The email or the password is not right."));
        yield return ("register-error", "register", SampleSite.Register(hasErrors: true));
        yield return ("error", "error", SampleSite.Error());
        yield return ("embed", "embed", SampleSite.Watch(SampleSite.Video(), [], layout: "embed"));
        yield return ("embed-refused", "embed", SampleSite.Watch(SampleSite.Video(), [], SampleSite.Refused(), layout: "embed"));
    }

    private static Drop OwnVideo()
    {
        var video = SampleSite.Video(description: "A short text.");
        video["can_edit"] = true;
        video["download_url"] = "/media/4fK2mPq8ZtA/original.mp4";
        return video;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // a file has a folder
            File.Copy(file, target, overwrite: true);
        }
    }
}
