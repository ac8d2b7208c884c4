using Kinopress.Core.Events;

namespace Kinopress.Core.Features.Site;

/// <summary>The site's name, words or rules changed.</summary>
public sealed record SiteChanged : SiteEvent
{
    public const string Name = "site.changed";

    public override string Kind => Name;
}
