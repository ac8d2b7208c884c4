using Kinopress.Core.Foundation;

namespace Kinopress.Core.Jobs;

/// <summary>This installation's name among the nodes that share a database. Kept in the data folder, so it survives a restart.</summary>
public sealed class NodeIdentity
{
    private NodeIdentity(string name) => Name = name;

    public string Name { get; }

    public static NodeIdentity Load(DataFolder folder, TimeProvider clock)
    {
        var path = Path.Combine(folder.Keys, "node-id");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
        }

        return new NodeIdentity(File.ReadAllText(path).Trim());
    }
}
