using NumSharp;
using StyleGan2.Encoder.Tests.Infrastructure;
using TensorGraph.Graphs;
using TensorGraph.Runtime;
using static TensorGraph.Binding;

namespace StyleGan2.Encoder.Tests.Networks;

public sealed class DiscriminatorGoldenTests
{
    private const string R1Gradients = "D_r1_grad_";

    public static TheoryData<string> Configurations => GoldenNetwork.All;

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Scores_are_as_exact_as_the_references(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        NDArray scores = golden.D.Run([golden["D_images"], golden.Labels])[0];
        golden.AssertAsExactAsTheReference("D_scores", "D_scores_float64", scores);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Gradients_for_images_are_the_references(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        (Tensor[] inputs, Tensor scores) = Scores(golden);
        NDArray gradient = golden.Session.Run(tf.gradients(tf.reduce_sum(scores), inputs[0])[0]!, Feeds(golden, inputs));
        golden.AssertTheReferences("D_grad_images", gradient);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Gradients_of_the_R1_penalty_are_the_references(string configuration)
    {
        using GoldenNetwork golden = new(configuration);
        (Tensor[] inputs, Tensor scores) = Scores(golden);
        Tensor penalty = tf.reduce_sum(tf.square(tf.gradients(tf.reduce_sum(scores), inputs[0])[0]!));
        string[] names = [.. golden.Names.Where(n => n.StartsWith(R1Gradients, StringComparison.Ordinal))];
        Assert.Equal(3, names.Length);
        Tensor[] weights = [.. names.Select(n => golden.D.FindVar(n[R1Gradients.Length..].Replace('.', '/')).Value)];
        Tensor?[] gradients = tf.gradients(penalty, weights);
        NDArray[] actual = golden.Session.Run([.. gradients.Select(g => Fetch.FromTensor(g!))], Feeds(golden, inputs));
        for (int i = 0; i < names.Length; i++)
        {
            Golden.AssertWithin(1e-3, golden[names[i]], actual[i], names[i]);
        }
    }

    private static (Tensor[] Inputs, Tensor Scores) Scores(GoldenNetwork golden)
    {
        Tensor[] inputs = [.. golden.D.InputShapes.Select(s => tf.placeholder(tf.float32, s))];
        return (inputs, golden.D.GetOutputFor(inputs)[0]);
    }

    private static FeedDict Feeds(GoldenNetwork golden, Tensor[] inputs) => new()
    {
        [inputs[0]] = golden["D_images"],
        [inputs[1]] = golden.Labels ?? np.zeros(new Shape(golden["D_images"].shape[0], 0), typeof(float)),
    };
}
