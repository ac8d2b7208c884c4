using Kinopress.Architecture.Tests.Support;

namespace Kinopress.Architecture.Tests;

/// <summary>Rule 4: features form an acyclic graph, written down in <c>graph.txt</c>.</summary>
public sealed class FeatureGraphTests
{
    private const string GraphFile = "src/Kinopress.Core/Features/graph.txt";
    private const string Prefix = "Kinopress.Core.Features.";

    private static readonly string[] BadGraph = ["# A comment", "Videos: Uploads", "Uploads: Videos Ghosts"];

    [Fact]
    public void The_graph_names_every_feature() =>
        Assert.Equal(
            Repository.Folders(4).Where(path => path.StartsWith("src/Kinopress.Core/Features/", StringComparison.Ordinal)).Select(path => path.Split('/')[^1]),
            Graph().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_graph_has_no_cycle() => Expect.None("A feature depends on itself in the end:", Cyclic(Graph()));

    [Fact]
    public void Features_use_only_what_the_graph_allows()
    {
        var graph = Graph();

        Expect.None("A feature uses one that the graph does not give it:", Edges().Where(edge => !graph[edge.From].Contains(edge.To)).Select(edge => $"{edge.From} → {edge.To}"));
    }

    [Fact]
    public void The_graph_allows_no_more_than_is_used()
    {
        var used = Edges();

        Expect.None(
            "The graph allows a use that nobody makes:",
            Graph().SelectMany(pair => pair.Value.Select(to => (From: pair.Key, To: to))).Where(edge => !used.Contains(edge)).Select(edge => $"{edge.From} → {edge.To}"));
    }

    [Fact]
    public void The_rules_find_what_breaks_them()
    {
        Assert.Equal(["Uploads", "Videos"], Cyclic(Parse(BadGraph)).Order(StringComparer.Ordinal));
        Assert.Contains(("Renditions", "Videos"), Edges());
        Assert.DoesNotContain(("Videos", "Renditions"), Edges());
    }

    private static Dictionary<string, HashSet<string>> Graph() => Parse(File.ReadLines(Repository.PathOf(GraphFile)));

    private static Dictionary<string, HashSet<string>> Parse(IEnumerable<string> lines) => lines
        .Where(line => !line.StartsWith('#') && line.Contains(':', StringComparison.Ordinal))
        .Select(line => line.Split(':', 2))
        .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Features that stay when those without unmet needs are taken away again and again.</summary>
    private static Dictionary<string, HashSet<string>>.KeyCollection Cyclic(Dictionary<string, HashSet<string>> graph)
    {
        var left = graph.ToDictionary(pair => pair.Key, pair => pair.Value.Where(graph.ContainsKey).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        while (left.FirstOrDefault(pair => pair.Value.Count == 0).Key is { } free)
        {
            left.Remove(free);
            foreach (var needs in left.Values)
            {
                needs.Remove(free);
            }
        }

        return left.Keys;
    }

    private static HashSet<(string From, string To)> Edges() => TypeUses.Of(Rooms.Core).Uses
        .Select(use => (From: FeatureOf(use.From), To: FeatureOf(use.To)))
        .Where(edge => edge.From is not null && edge.To is not null && edge.From != edge.To)
        .Select(edge => (edge.From!, edge.To!)) // just checked
        .ToHashSet();

    private static string? FeatureOf(string type) => type.StartsWith(Prefix, StringComparison.Ordinal) ? type[Prefix.Length..].Split('.')[0] : null;
}
