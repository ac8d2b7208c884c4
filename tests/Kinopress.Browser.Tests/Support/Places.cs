namespace Kinopress.Browser.Tests.Support;

/// <summary>Every kind of page there is.</summary>
internal static class Places
{
    public static IReadOnlyList<string> OfStrangers(FilledSite site) =>
        ["/", $"/watch/{site.PublicVideo}", "/login", "/nowhere", $"/watch/{site.PrivateVideo}", $"/embed/{site.PublicVideo}", $"/watch/{site.PlannedLive}", $"/embed/{site.PlannedLive}", "/live", $"/chat/{site.PlannedLive}"];

    public static IReadOnlyList<string> OfTheOwner(FilledSite site) =>
    [
        "/", "/studio/videos", "/studio/videos?tab=trash", "/studio/videos?search=river", "/studio/videos?search=nothing", "/studio/upload",
        "/studio/lives", "/studio/lives?tab=trash", "/studio/lives/new", $"/studio/lives/{site.PlannedLive}", $"/studio/lives/{site.PlannedLive}/chat", $"/studio/lives/{site.PlannedLive}/destinations", $"/watch/{site.PlannedLive}",
        "/studio/settings", "/studio/account", "/studio/channel", "/account", $"/studio/videos/{site.PublicVideo}", $"/studio/videos/{site.FailedVideo}", $"/watch/{site.PrivateVideo}", $"/watch/{site.FailedVideo}",
    ];
}
