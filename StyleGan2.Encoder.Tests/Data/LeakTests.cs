using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Data;
using TensorGraph.Graphs;
using TensorGraph.Records;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Data;

/// <summary>What pipelines leave behind. Open files are counted by their names, so that tests beside these do not matter.</summary>
public sealed class LeakTests : IDisposable
{
    private static readonly ImageShape s_shape = new(3, 16, 16);
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public LeakTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "open files are counted in /proc");
        _file = _folder.Write("file", ImageRecords.File(40, s_shape));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_disposed_enumeration_closes_its_files()
    {
        using (IEnumerator<NDArray[]> elements = Images().GetEnumerator())
        {
            Assert.True(elements.MoveNext());
            Assert.Equal(1, OpenHandles());
        }

        Assert.Equal(0, OpenHandles());
    }

    [Fact]
    public void A_dropped_enumeration_closes_its_files()
    {
        Drop();
        Assert.True(SpinWait.SpinUntil(NothingOpenAfterCollection, TimeSpan.FromSeconds(30)));

        void Drop() => Assert.True(Images().GetEnumerator().MoveNext());
    }

    [Fact]
    public void Running_an_initializer_again_closes_the_files_before()
    {
        using Graph graph = new();
        using Session session = new(graph);
        using IDisposable asDefault = session.AsDefault();
        (Operation initializer, Tensor next) = InGraph();
        for (int i = 0; i < 20; i++)
        {
            session.Run(initializer);
            session.Run(next);
            Assert.Equal(1, OpenHandles());
        }

        session.Dispose();
        Assert.Equal(0, OpenHandles());
    }

    [Fact]
    public void A_dropped_session_closes_its_files()
    {
        Drop();
        Assert.True(SpinWait.SpinUntil(NothingOpenAfterCollection, TimeSpan.FromSeconds(30)));

        void Drop()
        {
            Graph graph = new();
            Session session = new(graph);
            using (session.AsDefault())
            {
                (Operation initializer, Tensor next) = InGraph();
                session.Run(initializer);
                session.Run(next);
            }
        }
    }

    [Fact]
    public void Many_pipelines_need_no_more_threads_than_a_few()
    {
        List<IEnumerator<NDArray[]>> pipelines = [.. Enumerable.Range(0, 200).Select(_ => Images().GetEnumerator())];
        int before = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
        pipelines.ForEach(p => Assert.True(p.MoveNext()));
        Assert.InRange(System.Diagnostics.Process.GetCurrentProcess().Threads.Count - before, -1000, 50);
        pipelines.ForEach(p => p.Dispose());
        Assert.Equal(0, OpenHandles());
    }

    private Dataset Images() =>
        tf.data.TFRecordDataset(_file).ParseImages(s_shape).Shuffle(10).Repeat().Prefetch(20).Batch(4, numParallelCalls: 2);

    private (Operation Initializer, Tensor Next) InGraph()
    {
        Dataset images = Images();
        Iterator iterator = tf.data.Iterator.from_structure(images.OutputTypes, images.OutputShapes);
        return (iterator.MakeInitializer(images), iterator.GetNext()[0]);
    }

    private bool NothingOpenAfterCollection()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return OpenHandles() == 0;
    }

    private int OpenHandles() => Directory.GetFiles("/proc/self/fd").Count(f => Target(f) == _file);

    private static string? Target(string handle)
    {
        try
        {
            return File.ResolveLinkTarget(handle, returnFinalTarget: false)?.FullName;
        }
        catch (FileNotFoundException)
        {
            // A test beside this one has closed it meanwhile.
            return null;
        }
    }
}
