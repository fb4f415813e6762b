package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"
)

const kubernetesJob = `# %[1]s
# What to edit, in both jobs:
#   image      one that holds the program, by the name under which your nodes can pull it
#   claimName  a volume claim that all pods can write (ReadWriteMany), with the study and its files at the root
#   parallelism, cpu, memory    as much as your quota allows
# Then, with your namespace:
#
#     kubectl apply -n NAMESPACE -f job.yaml
#     kubectl logs -n NAMESPACE job/%[2]s-merge
#
# A pod that was killed is started again and goes on from the finished pieces. To submit all of it again, say
# kubectl delete -n NAMESPACE -f job.yaml first, since jobs cannot be changed: pieces stay. Kubernetes 1.33 or newer; 1.29 to
# 1.32 have backoffLimitPerIndex as a beta.
apiVersion: batch/v1
kind: Job
metadata:
  name: %[2]s
spec:
  completionMode: Indexed
  completions: %[3]d
  parallelism: %[3]d
  backoffLimitPerIndex: 5
  podFailurePolicy:
    rules:
      - action: FailIndex          # wrong usage, or points that failed: another try would end alike
        onExitCodes: {containerName: portalsim, operator: In, values: [2, 4]}
      - action: Ignore             # a pod that its node lost has not failed
        onPodConditions: [{type: DisruptionTarget, status: "True"}]
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: portalsim
          image: %[4]s
          workingDir: /study
          command: [portalsim]
          args: %[5]s
          env:
            - {name: PORTALSIM_TASKS, value: "%[3]d"} # as completions above: Kubernetes does not tell a pod
          resources:
            requests: {cpu: "%[6]d", memory: %[6]dGi}
            limits: {memory: %[6]dGi}
          volumeMounts: [{name: study, mountPath: /study}]
      volumes: [{name: study, persistentVolumeClaim: {claimName: portalsim}}]
---
# %[7]s
apiVersion: batch/v1
kind: Job
metadata:
  name: %[2]s-merge
spec:
  backoffLimit: 5
  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes: {containerName: portalsim, operator: In, values: [2, 4]}
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: portalsim
          image: %[4]s
          workingDir: /study
          command: [portalsim]
          args: %[8]s
          resources:
            requests: {cpu: "1", memory: 1Gi}
            limits: {memory: 1Gi}
          volumeMounts: [{name: study, mountPath: /study}]
      volumes: [{name: study, persistentVolumeClaim: {claimName: portalsim}}]
`

// kubernetesQueue is how long the merge allows for pods to get their turn; assumed.
const kubernetesQueue = 24 * time.Hour

// printKubernetes writes the manifest of an indexed job of a study, and of a job that waits for it and merges.
func (b *batch) printKubernetes(w io.Writer) error {
	task := append(b.command[:len(b.command):len(b.command)], "--shard", "auto", "--jobs", fmt.Sprint(b.cores), "--progress", "plain")
	merge := append([]string{"merge", b.w.out, "--wait", (2*b.limit + kubernetesQueue).String(), "--quiet"}, b.merging...)
	about := "Waits until nothing is missing, and writes the tables."
	if b.selects() {
		about = "Waits for the first looks. The best is told from all points together: the log says how portalsim sweep goes on with that."
	}
	_, err := fmt.Fprintf(w, kubernetesJob, onOneLine(b.about()), b.name, b.tasks, inYAML("portalsim:"+b.version.Version), inYAML(task...), b.cores, about, inYAML(merge...))
	return err
}

// onVolume refuses paths that pods cannot have: they see the volume alone, and start at its root.
func (w *sweep) onVolume() error {
	paths := []string{w.out}
	for _, f := range w.files.read {
		paths = append(paths, f.Path)
	}
	for _, path := range paths {
		if !filepath.IsLocal(path) && !strings.HasPrefix(path, "/study/") {
			return &usage{fmt.Sprintf("--kubernetes: a pod has no %s, only the volume, which it sees as /study", path), "write the command from the folder of the study, with paths that neither begin with / nor lead out of it"}
		}
	}
	return nil
}

// inYAML writes a text, or a list of several, as JSON, which is YAML too.
func inYAML(words ...string) string {
	var parts []string
	for _, word := range words {
		var text strings.Builder
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(word); err != nil {
			panic(fmt.Sprintf("portalsim: %q as JSON: %v", word, err))
		}
		parts = append(parts, strings.TrimSpace(text.String()))
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
