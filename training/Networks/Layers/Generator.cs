using Dnnlib;
using Dnnlib.TfLib;
using TensorGraph.Graphs;
using static TensorGraph.Binding;

namespace Training.Networks.Layers;

/// <summary>
/// What <c>G_main</c> and <c>G_style</c> have in common: mapping of latents to W, what happens to W, synthesis of images from W.
/// </summary>
internal static class Generator
{
    internal static Tensor[] Build(NetworkBuild network, GeneratorParameters p)
    {
        Network synthesis = network.Component("synthesis", "G_synthesis", p.SynthesisFunc, p.ForComponents);
        if (synthesis.InputShapes is not [{ Rank: 3 }])
        {
            throw new FormatException(
                $"its component synthesis is built by {synthesis.BuildFuncName}, which does not make images of W alone");
        }

        int layers = synthesis.InputShapes[0][1], size = synthesis.InputShapes[0][2];
        Network mapping = network.Component("mapping", "G_mapping", p.MappingFunc,
            new EasyDict(p.ForComponents) { ["dlatent_broadcast"] = layers });
        if (mapping.InputShapes is not [{ Rank: 2 }, { Rank: 2 }] || mapping.OutputShapes is not [{ Rank: 3 }])
        {
            throw new FormatException(
                $"its component mapping is built by {mapping.BuildFuncName}, which does not make W of latents and labels");
        }

        Tensor latents = network.Input("latents_in", mapping.InputShapes[0]);
        Tensor labels = network.Input("labels_in", mapping.InputShapes[1]);
        Variable? lod = p.HasLod ? tf.get_variable("lod", [], s => tf.zeros(s), trainable: false) : null;
        Variable average = tf.get_variable("dlatent_avg", [size], s => tf.zeros(s), trainable: false);

        EasyDict kwargs = new(p.ForComponents) { ["is_training"] = p.IsTraining };
        Tensor dlatents = Map(latents);
        if (p.DlatentAvgBeta is { } beta)
        {
            dlatents = GeneratorTraining.WithMovingAverage(dlatents, average, beta);
        }

        if (p.StyleMixingProb is { } probability and > 0)
        {
            Tensor Others() => Map(tf.random_normal(tf.shape(latents, out_type: tf.int64)));
            dlatents = GeneratorTraining.MixStyles(dlatents, Others, lod?.Value, probability);
        }

        if (p.IsTruncated)
        {
            dlatents = Truncation.Apply(dlatents, average, p.TruncationPsi!, p.TruncationCutoff);
        }

        Tensor images = Synthesize();
        return p.ReturnDlatents ? [images, dlatents] : [images];

        Tensor Map(Tensor z) => mapping.GetOutputFor([z, labels], kwargs)[0];

        Tensor Synthesize()
        {
            EasyDict settings = new(kwargs) { ["force_clean_graph"] = p.IsTemplateGraph };
            if (lod is null || !synthesis.OwnVars.TryGetValue("lod", out Variable? ofSynthesis))
            {
                return tf.identity(synthesis.GetOutputFor([dlatents], settings)[0], "images_out");
            }

            // The level of detail is this network's; the synthesis' own variable follows it.
            settings["lod_in"] = lod.Value;
            Tensor images = synthesis.GetOutputFor([dlatents], settings)[0];
            using IDisposable follows = tf.control_dependencies(tf.assign(ofSynthesis, lod).Operation);
            return tf.identity(images, "images_out");
        }
    }
}
