using System.Reflection;
using Kinopress.Architecture.Tests.Support;

namespace Kinopress.Architecture.Tests;

/// <summary>Rule 1: pure below, the product in the middle, faces on top.</summary>
public sealed class RoomTests
{
    private const string ServerPrefix = "Kinopress.Server.";

    // Host is the ground the faces stand on; its composition root alone knows them all.
    private const string Ground = "Host";
    private const string CompositionRoot = "Kinopress.Server.Host.KinopressHost";

    private static readonly string[] Faces = ["Api", "Chat", "Site", "Studio", "Ingest", "Playback", "Worker", "Cli", Ground];

    [Fact]
    public void Rooms_use_only_the_rooms_below_them() =>
        Expect.None(
            "A room uses one it may not know:",
            Rooms.All.SelectMany(pair => RoomsOf(pair.Room).Where(used => !pair.MayUse.Contains(used)).Select(used => $"{pair.Room.GetName().Name} → {used}")));

    [Fact]
    public void Pure_rooms_know_no_database_web_container_or_logging() =>
        Expect.None(
            "A pure room uses a framework:",
            Rooms.Pure.SelectMany(room => References(room).Where(IsFramework).Select(used => $"{room.GetName().Name} → {used}")));

    [Fact]
    public void Core_knows_no_web_framework() =>
        Expect.None("Core uses ASP.NET Core:", References(Rooms.Core).Where(IsWeb));

    [Fact]
    public void No_face_uses_another_face() =>
        Expect.None("A face uses another face:", ForeignFaces(TypeUses.Of(Rooms.Server).Uses, ServerPrefix));

    [Fact]
    public void Every_folder_of_the_server_is_a_known_face() =>
        Assert.Equal(
            Faces.Append("Assets").Order(StringComparer.Ordinal),
            Repository.Folders(3).Where(path => path.StartsWith("src/Kinopress.Server/", StringComparison.Ordinal)).Select(path => path.Split('/')[^1]));

    [Fact]
    public void Only_the_site_draws_with_themes() =>
        Expect.None("Themes are the site's alone:", UsesOutside("Site", "Kinopress.Themes."));

    [Fact]
    public void Only_the_ingest_speaks_RTMP() =>
        Expect.None("RTMP is the ingest's alone:", UsesOutside("Ingest", "Kinopress.Rtmp."));

    [Fact]
    public void What_everything_stands_on_knows_no_feature() =>
        Expect.None(
            "Foundation, Storage, Jobs and Events serve every feature, so they know none:",
            TypeUses.Of(Rooms.Core).Uses
                .Where(use => IsBase(use.From) && use.To.StartsWith("Kinopress.Core.Features.", StringComparison.Ordinal))
                .Select(use => $"{use.From} → {use.To}"));

    [Fact]
    public void The_rules_find_what_breaks_them()
    {
        var samples = ForeignFaces(TypeUses.Of(Rooms.Samples).Uses, "Kinopress.Architecture.Tests.Samples.");

        Assert.Equal(["Kinopress.Architecture.Tests.Samples.Api.PageThief → Kinopress.Architecture.Tests.Samples.Site.StolenPage"], samples);
        Assert.NotEmpty(UsesOutside("Api", "Kinopress.Themes."));
        Assert.Contains(References(Rooms.Server), IsWeb);
        Assert.Contains(References(Rooms.Core), IsFramework);
        Assert.Contains("Kinopress.Core", RoomsOf(Rooms.Server));
    }

    private static IEnumerable<string> ForeignFaces(IEnumerable<TypeUse> uses, string prefix) =>
        from use in uses
        where use.From != CompositionRoot
        let user = FaceOf(use.From, prefix)
        let used = FaceOf(use.To, prefix)
        where user is not null && used is not null && used != Ground && user != used
        select $"{use.From} → {use.To}";

    private static IEnumerable<string> UsesOutside(string face, string room) =>
        TypeUses.Of(Rooms.Server).Uses
            .Where(use => use.To.StartsWith(room, StringComparison.Ordinal) && !use.From.StartsWith($"{ServerPrefix}{face}.", StringComparison.Ordinal))
            .Select(use => $"{use.From} → {use.To}");

    private static string? FaceOf(string type, string prefix) =>
        type.StartsWith(prefix, StringComparison.Ordinal) && type[prefix.Length..].Split('.')[0] is var face && Faces.Contains(face) ? face : null;

    private static bool IsBase(string type) =>
        new[] { "Foundation", "Storage", "Jobs", "Events" }.Any(part => type.StartsWith($"Kinopress.Core.{part}.", StringComparison.Ordinal));

    private static IEnumerable<string> References(Assembly room) =>
        room.GetReferencedAssemblies().Select(reference => reference.Name).OfType<string>();

    private static IEnumerable<string> RoomsOf(Assembly room) => References(room).Where(Rooms.IsRoom);

    // Identity's managers live in Microsoft.Extensions.Identity.Core, an assembly without any web in it.
    private static bool IsWeb(string assembly) => assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal);

    private static bool IsFramework(string assembly) =>
        IsWeb(assembly)
        || assembly.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
        || assembly.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
        || assembly.StartsWith("Microsoft.Data.", StringComparison.Ordinal)
        || assembly.StartsWith("Npgsql", StringComparison.Ordinal);
}
