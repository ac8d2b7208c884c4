using System.Collections.Frozen;
using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Accounts;

/// <summary>A named set of capabilities. These are the built-in ones.</summary>
public sealed record Role(string Name, FrozenSet<Capability> Capabilities)
{
    /// <summary>May do everything, for ever: only the command line on the server can take it away.</summary>
    public static Role Owner { get; } = new("owner", Enum.GetValues<Capability>().ToFrozenSet());

    public static Role Administrator { get; } = new("administrator", Enum.GetValues<Capability>().ToFrozenSet());

    public static Role Editor { get; } = Of("editor", Capability.ManageOwnVideos, Capability.ManageAnyVideo);

    public static Role Moderator { get; } = Of("moderator", Capability.Moderate);

    public static Role Creator { get; } = Of("creator", Capability.ManageOwnVideos);

    public static Role Viewer { get; } = Of("viewer");

    public static FrozenDictionary<string, Role> All { get; } =
        new[] { Owner, Administrator, Editor, Moderator, Creator, Viewer }.ToFrozenDictionary(role => role.Name, StringComparer.Ordinal);

    /// <summary>The role of that name; a name this version does not know may do nothing.</summary>
    public static Role Named(string name) => All.TryGetValue(name, out var role) ? role : new Role(name, FrozenSet<Capability>.Empty);

    private static Role Of(string name, params Capability[] capabilities) => new(name, capabilities.ToFrozenSet());
}
