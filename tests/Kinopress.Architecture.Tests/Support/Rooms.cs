using System.Reflection;
using Kinopress.Core.Data;
using Kinopress.Media.Planning;
using Kinopress.Rtmp;
using Kinopress.Server.Host;
using Kinopress.Themes;

namespace Kinopress.Architecture.Tests.Support;

/// <summary>The assemblies of the product, by the name of their room.</summary>
internal static class Rooms
{
    public static Assembly Media { get; } = typeof(RenditionPlan).Assembly;

    public static Assembly Rtmp { get; } = typeof(RtmpServerSession).Assembly;

    public static Assembly Themes { get; } = typeof(ThemeEngine).Assembly;

    public static Assembly Client { get; } = Assembly.Load("Kinopress.Client");

    public static Assembly Core { get; } = typeof(KinopressDbContext).Assembly;

    public static Assembly Migrations { get; } = Assembly.Load("Kinopress.Migrations");

    public static Assembly Server { get; } = typeof(KinopressHost).Assembly;

    public static Assembly Samples { get; } = typeof(Rooms).Assembly;

    /// <summary>Each room with the rooms it may use.</summary>
    public static IReadOnlyList<(Assembly Room, IReadOnlySet<string> MayUse)> All { get; } =
    [
        (Media, Names()),
        (Rtmp, Names()),
        (Themes, Names()),
        (Client, Names()),
        (Core, Names(Media, Themes)),
        (Migrations, Names(Core)),
        (Server, Names(Core, Migrations, Media, Rtmp, Themes)),
    ];

    public static IReadOnlyList<Assembly> Pure { get; } = [Media, Rtmp, Themes, Client];

    public static bool IsRoom(string assembly) =>
        assembly == "kinopress" || assembly.StartsWith("Kinopress.", StringComparison.Ordinal);

    private static HashSet<string> Names(params Assembly[] rooms) =>
        rooms.Select(room => room.GetName().Name!).ToHashSet(StringComparer.Ordinal); // loaded assemblies have a name
}
