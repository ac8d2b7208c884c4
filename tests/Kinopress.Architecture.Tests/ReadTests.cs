using System.Reflection;
using Kinopress.Architecture.Tests.Support;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Architecture.Tests;

/// <summary>Rule 3: reads are records made for reading; no entity reaches a theme, a page or the API.</summary>
public sealed class ReadTests
{
    private static readonly string[] Drawers = ["Kinopress.Server.Site.Drops", "Kinopress.Server.Site.PageRenderer", "Kinopress.Server.Site.HomePage", "Kinopress.Server.Site.WatchPage", "Kinopress.Server.Site.LivePage", "Kinopress.Server.Site.ChannelPage"];

    // Reads outside <Noun>Queries: the host needs them before or below the features.
    private static readonly Dictionary<string, string> OtherReaders = new(StringComparer.Ordinal)
    {
        ["Kinopress.Server.Host.Database"] = "Migrates, and asks whether the schema is current.",
        ["Kinopress.Server.Host.KinopressHost"] = "Reads the site's key once, for the signatures of media addresses.",
        ["Kinopress.Server.Host.SystemHealth"] = "Hands the context to Database.",
        ["Kinopress.Server.Worker.CacheInvalidation"] = "Follows the outbox from its end.",
    };

    private static HashSet<Type> Entities { get; } = Rooms.Core.GetTypes()
        .SelectMany(type => type.GetInterfaces())
        .Where(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>))
        .Select(implemented => implemented.GetGenericArguments()[0])
        .ToHashSet();

    [Fact]
    public void No_entity_is_in_an_outward_type_of_a_face() =>
        Expect.None("A face shows an entity:", Rooms.Server.GetTypes().Where(IsOutward).SelectMany(Leaks));

    [Fact]
    public void No_query_returns_an_entity() =>
        Expect.None(
            "A query returns an entity:",
            Rooms.Core.GetTypes().Where(type => type.Name.EndsWith("Queries", StringComparison.Ordinal))
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Where(method => EntityIn(method.ReturnType, []) is not null)
                    .Select(method => $"{type.Name}.{method.Name} → {EntityIn(method.ReturnType, [])}")));

    [Fact]
    public void Drops_are_made_of_records_for_reading() =>
        Expect.None(
            "The site draws an entity:",
            TypeUses.Of(Rooms.Server).Uses
                .Where(use => Drawers.Contains(use.From) && Entities.Any(entity => entity.FullName == use.To))
                .Select(use => $"{use.From} → {use.To}"));

    [Fact]
    public void Faces_read_through_queries() =>
        Expect.OnlyExempt(
            "A face reads the database by itself:",
            TypeUses.Of(Rooms.Server).Uses.Where(use => use.To == "Kinopress.Core.Data.KinopressDbContext").Select(use => use.From),
            OtherReaders);

    [Fact]
    public void The_rules_find_what_breaks_them()
    {
        Assert.Contains(typeof(Job), Entities);
        Assert.Equal(["LeakyResponse.Videos shows Video"], Leaks(typeof(Samples.LeakyResponse)));
        Assert.Null(EntityIn(typeof(Id<Job>), []));
        Assert.Equal("Job", EntityIn(typeof(Task<Result<IReadOnlyList<Job>>>), []));
    }

    private static bool IsOutward(Type type) =>
        !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
        && (IsRecord(type) || typeof(IComponent).IsAssignableFrom(type));

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static IEnumerable<string> Leaks(Type type) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let entity = EntityIn(property.PropertyType, [])
        where entity is not null
        select $"{type.Name}.{property.Name} shows {entity}";

    /// <summary>An entity anywhere inside a type: in its arguments, its elements or its properties. An id names one and is none.</summary>
    private static string? EntityIn(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Id<>)))
        {
            return null;
        }

        if (Entities.Contains(type))
        {
            return type.Name;
        }

        var inside = type.GetGenericArguments().Concat(type.HasElementType ? [type.GetElementType()!] : []); // it has one
        var ours = Rooms.IsRoom(type.Assembly.GetName().Name ?? "") ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.PropertyType) : [];
        return inside.Concat(ours).Select(part => EntityIn(part, seen)).FirstOrDefault(entity => entity is not null);
    }
}
