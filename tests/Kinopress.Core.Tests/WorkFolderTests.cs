using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;

namespace Kinopress.Core.Tests;

public sealed class WorkFolderTests
{
    [Fact]
    public void What_is_in_use_outlives_tidying_up_and_what_others_left_does_not()
    {
        var root = Directory.CreateTempSubdirectory("kinopress-");
        var folder = DataFolder.Open(root.FullName);
        var left = new WorkFolder(folder).Create();
        var work = new WorkFolder(folder);
        using (var used = work.Create())
        {
            work.Empty();

            Assert.True(Directory.Exists(used.Path));
            Assert.False(Directory.Exists(left.Path));
        }

        root.Delete(recursive: true);
    }
}
