# The two commands of the project that this one replaces. What they run works alone as well.
.PHONY: docker_image webapp

IMAGE ?= myimage

# The container image, by the name that the documents use: docker run --env-file=.env_file -p 80:8080 myimage
docker_image:
	ci/build-image.sh $(IMAGE)

# The service on this machine with the development defaults, at http://localhost:8080.
webapp:
	mvn -Prun
