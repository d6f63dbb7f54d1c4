using k8s;
using k8s.Models;
using StyleGan2.Encoder.Tests.Infrastructure;
using YamlDotNet.Core;

namespace StyleGan2.Encoder.Tests.Samples;

/// <summary>The manifests of samples/cluster are what Kubernetes' API takes, and fit together.</summary>
public sealed class ClusterManifestTests
{
    private static readonly string s_manifest = Repository.File("samples", "cluster", "kubernetes", "project.yaml");
    private static readonly List<object> s_objects = KubernetesYaml.LoadAllFromString(File.ReadAllText(s_manifest), strict: true);
    private static readonly V1JobSpec s_job = s_objects.OfType<V1Job>().Single().Spec;
    private static readonly V1Container s_container = s_job.Template.Spec.Containers.Single();

    [Fact]
    public void A_field_that_the_API_does_not_have_is_an_error()
    {
        string changed = File.ReadAllText(s_manifest).Replace("completionMode:", "completionsMode:", StringComparison.Ordinal);
        Assert.ThrowsAny<YamlException>(() => KubernetesYaml.LoadAllFromString(changed, strict: true));
    }

    [Fact]
    public void Every_pod_takes_another_share_of_all()
    {
        Assert.Equal("Indexed", s_job.CompletionMode);
        Assert.Equal(["--shard", "auto"], s_container.Args.SkipWhile(a => a != "--shard").Take(2));
        Assert.Equal($"{s_job.Completions}", s_container.Env.Single(e => e.Name == "JOB_COMPLETION_COUNT").Value);
    }

    [Fact]
    public void Pictures_and_results_lie_on_the_claimed_volume()
    {
        V1PersistentVolumeClaim claim = s_objects.OfType<V1PersistentVolumeClaim>().Single();
        V1Volume volume = s_job.Template.Spec.Volumes.Single();
        Assert.Equal(claim.Metadata.Name, volume.PersistentVolumeClaim.ClaimName);
        Assert.Equal(["ReadWriteMany"], claim.Spec.AccessModes);
        V1VolumeMount mount = s_container.VolumeMounts.Single();
        Assert.Equal(volume.Name, mount.Name);
        Assert.All(s_container.Args.Skip(1).Take(2), folder => Assert.StartsWith($"{mount.MountPath}/", folder, StringComparison.Ordinal));
    }

    [Fact]
    public void A_pod_is_tried_again_after_75_and_after_its_node_was_taken_away()
    {
        // The API takes a failure policy, and a limit for each index, only where pods are not restarted in place.
        Assert.Equal("Never", s_job.Template.Spec.RestartPolicy);
        Assert.NotNull(s_job.BackoffLimitPerIndex);
        IList<V1PodFailurePolicyRule> rules = s_job.PodFailurePolicy.Rules;
        Assert.Equal(("Ignore", "DisruptionTarget"), (rules[0].Action, rules[0].OnPodConditions.Single().Type));
        Assert.Equal(("FailIndex", "NotIn"), (rules[1].Action, rules[1].OnExitCodes.OperatorProperty));
        Assert.Contains(75, rules[1].OnExitCodes.Values);
        Assert.Equal(s_container.Name, rules[1].OnExitCodes.ContainerName);
    }

    [Fact]
    public void Memory_and_processors_are_asked_for_and_memory_is_limited()
    {
        Assert.Equal(["cpu", "memory"], s_container.Resources.Requests.Keys.Order());
        Assert.Equal(s_container.Resources.Requests["memory"], s_container.Resources.Limits["memory"]);
    }
}
