package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

const kubernetesJob = `# %[1]s
# It needs an image that holds the program, and a volume claim named portalsim that all pods can write (ReadWriteMany), with
# the study and its files at the root (docs/cluster.md). Then:
#
#     kubectl apply -f job.yaml
#     kubectl logs job/%[2]s-merge
#
# A pod that was killed is started again and goes on from the finished pieces. Kubernetes 1.33 or newer; 1.29 to 1.32 have
# backoffLimitPerIndex as a beta.
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
	merge := []string{"merge", b.w.out, "--wait", (2*b.limit + kubernetesQueue).String(), "--quiet"}
	about := "Waits until nothing is missing, and writes the tables."
	if b.selects() {
		about = "Waits for the first looks. The best is told from all points together: the log says how portalsim sweep goes on with that."
	}
	_, err := fmt.Fprintf(w, kubernetesJob, onOneLine(b.about()), b.name, b.tasks, inYAML("portalsim:"+b.version.Version), inYAML(task...), b.cores, about, inYAML(merge...))
	return err
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
